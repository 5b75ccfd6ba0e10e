import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatApiPath, isPlainPath } from "../../../../src/forges/gitea/api-path.ts";

const anyPart = fc.oneof(
  fc.string({ unit: "binary", maxLength: 10 }),
  fc.constantFrom("..", "%2e%2e", "a/../..", "\\..\\", "?", "#", "\ud800", "\t..\n"),
);

describe("forges/gitea/api-path", () => {
  it("escapes each part", () => {
    expect(formatApiPath(["repos", "a/b", "c?d#e", 7])).toBe("/repos/a%2Fb/c%3Fd%23e/7");
  });

  it.each(["", ".", ".."])("asks for nothing that is called %j", (part) => {
    expect(() => formatApiPath(["repos", part])).toThrow("there can be nothing of that name");
  });

  it("never leaves the folder, whatever the parts are", () => {
    fc.assert(
      fc.property(fc.array(anyPart, { maxLength: 4 }), (parts) => {
        let path: string;
        try {
          path = formatApiPath(["repos", ...parts]);
        } catch {
          return;
        }
        const url = new URL(`https://gitea.example.com/api/v1${path}`);
        expect(url.pathname.split("/")).toHaveLength(4 + parts.length);
        expect(url.pathname.startsWith("/api/v1/repos")).toBe(true);
        expect(url.search + url.hash).toBe("");
      }),
    );
  });

  it.each([
    [".pushwright.yml", true],
    ["a/b.c/...", true],
    ["../secret", false],
    ["a/./b", false],
    ["/a", false],
    ["a//b", false],
    ["", false],
  ])("knows whether there can be a file at %j", (path, expected) => {
    expect(isPlainPath(path)).toBe(expected);
  });
});
