import { describe, expect, it } from "vitest";
import { parseRepoConfig } from "../../../../src/core/repo-config/parse-repo-config.ts";

function verifyOf(text: string) {
  const parsed = parseRepoConfig(`images: [{ verify: ${text} }]`);
  return "config" in parsed ? parsed.config.images[0].verify : parsed.faults.map(({ message }) => message);
}

describe("core/repo-config: verify", () => {
  it.each([
    ["{ log: Hello World }", { log: ["Hello World"], exits: false, env: {}, timeoutSeconds: 120 }],
    ["{ log: [a, b*], timeout: 30s }", { log: ["a", "b*"], exits: false, env: {}, timeoutSeconds: 30 }],
    ["{ port: 8081 }", { log: [], port: 8081, exits: false, env: {}, timeoutSeconds: 120 }],
    [
      "{ port: 80, http: /healthz?deep=1 }",
      { log: [], port: 80, http: "/healthz?deep=1", exits: false, env: {}, timeoutSeconds: 120 },
    ],
    [
      "{ exit-code: 0, args: [--version], env: { A: 1.20 } }",
      { log: [], exits: true, args: ["--version"], env: { A: "1.20" }, timeoutSeconds: 120 },
    ],
  ])("%s", (text, wish) => {
    expect(verifyOf(text)).toEqual(wish);
  });

  it("is left out when it is not written", () => {
    const parsed = parseRepoConfig("images: [{}]");
    expect("config" in parsed && parsed.config.images[0]).not.toHaveProperty("verify");
  });

  it.each([
    ["{}", "expected at least one of `log`, `port`, `http` and `exit-code`"],
    ["{ log: [] }", "expected at least one of"],
    ["{ http: /healthz }", "`http` needs a `port`"],
    ["{ http: healthz, port: 80 }", "a path that begins with `/`"],
    ["{ exit-code: 1 }", "expected `0`"],
    ["{ exit-code: 0, port: 80 }", "leave one of the two out"],
    ["{ port: 70000 }", "at most 65535"],
    ['{ log: ["*"] }', "expected a text that a line of the log shows"],
    ['{ log: ["a\\nb"] }', "expected a text that a line of the log shows"],
    ["{ logs: a }", "logs"],
    ["{ log: a, env: { 1A: b } }", "a name of letters"],
    ["yes", "expected a mapping with `log`"],
  ])("refuses %s", (text, message) => {
    expect(verifyOf(text)).toContainEqual(expect.stringContaining(message));
  });
});
