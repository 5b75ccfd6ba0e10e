import { expect, it } from "vitest";
import { isPassing, registryTroubleIn } from "../../../../src/core/diagnosis-rules/registry-trouble.ts";
import { wordsOf } from "../../../../src/registry/proxy/answers.ts";

it.each([
  ["ENOTFOUND", "dns", false],
  ["EAI_AGAIN", "unreachable", true],
  ["ECONNREFUSED", "unreachable", true],
  ["SELF_SIGNED_CERT_IN_CHAIN", "tls", false],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "tls", false],
])("%s is told in words that are read as %s", (code, trouble, passes) => {
  const words = wordsOf(Object.assign(new Error(`what ${code} means`), { code }));
  const found = registryTroubleIn(words);
  expect([found, found && isPassing(found)]).toEqual([trouble, passes]);
});
