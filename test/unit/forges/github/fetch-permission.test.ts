import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Permission } from "../../../../src/core/permission.ts";
import { parseGitHubPermission } from "../../../../src/forges/github/fetch-permission.ts";

describe("forges/github/fetch-permission", () => {
  it.each([
    ["admin", "admin", "admin"],
    ["write", "maintain", "maintain"],
    ["write", "write", "write"],
    ["read", "triage", "triage"],
    ["read", "read", "read"],
    ["none", "none", "none"],
    // An organization's own roles, however they are called.
    ["write", "deployer", "write"],
    ["read", "admin", "read"],
    ["read", "maintain", "read"],
    ["write", "triage", "write"],
    // What GitHub does not say today.
    ["owner", "owner", "none"],
    ["", "", "none"],
  ])("takes %s as %s for %s", (permission, roleName, expected) => {
    expect(parseGitHubPermission(permission, roleName)).toBe(expected);
  });

  it("never takes anything for more than GitHub's permission says", () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...Permission.options), (permission, roleName) => {
        expect(parseGitHubPermission(`${permission}!`, roleName)).toBe("none");
      }),
    );
  });
});
