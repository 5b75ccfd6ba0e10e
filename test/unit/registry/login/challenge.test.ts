import { expect, it } from "vitest";
import { parseChallenge } from "../../../../src/registry/login/challenge.ts";

it.each([
  ['Basic realm="r"', { scheme: "basic" }],
  ["basic", { scheme: "basic" }],
  [
    'Bearer realm="https://auth.example.com/token",service="r.example.com",scope="repository:a:pull"',
    { scheme: "bearer", realm: "https://auth.example.com/token", service: "r.example.com" },
  ],
  ['bearer realm="https://a/t"', { scheme: "bearer", realm: "https://a/t", service: undefined }],
  [
    'Basic realm="x", Bearer realm="https://a/t", service="s"',
    { scheme: "bearer", realm: "https://a/t", service: "s" },
  ],
  ['Bearer error="invalid"', undefined],
  ["Negotiate", undefined],
  ["", undefined],
])("a registry's challenge %j is %j", (header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge);
});
