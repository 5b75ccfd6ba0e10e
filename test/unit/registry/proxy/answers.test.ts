import { expect, it } from "vitest";
import { isPassing, registryTroubleIn } from "../../../../src/core/diagnosis-rules/registry-trouble.ts";
import { LoginRefused } from "../../../../src/registry/login/login-refused.ts";
import { wordsOf } from "../../../../src/registry/proxy/answers.ts";

it.each([
  ["ENOTFOUND", "dns", false],
  ["EAI_AGAIN", "unreachable", true],
  ["ECONNREFUSED", "unreachable", true],
  ["EPIPE", "unreachable", true],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls", false],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls", false],
])("%s is told in words that are read as %s", (code, trouble, passes) => {
  const words = wordsOf(Object.assign(new Error(`what ${code} means`), { code }));
  const found = registryTroubleIn(words);
  expect([found, found && isPassing(found)]).toEqual([trouble, passes]);
});

it.each([
  [429, "rate-limited", true],
  [503, "server-error", true],
  [404, undefined, undefined],
])("a token service's %i is read as %s", (status, trouble, passes) => {
  const found = registryTroubleIn(wordsOf(new LoginRefused("asking it for a token", status)));
  expect([found, found && isPassing(found)]).toEqual([trouble, passes]);
});
