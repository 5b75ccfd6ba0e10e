import { describe, expect, it } from "vitest";
import { parseGiteaPermission } from "../../../../src/forges/gitea/fetch-permission.ts";

describe("forges/gitea/fetch-permission", () => {
  it.each([
    ["owner", "admin"],
    ["admin", "admin"],
    ["write", "write"],
    ["read", "read"],
    ["none", "none"],
    ["", "none"],
    ["root", "none"],
    ["__proto__", "none"],
  ])("reads %j as the right %s", (word, permission) => {
    expect(parseGiteaPermission(word)).toBe(permission);
  });
});
