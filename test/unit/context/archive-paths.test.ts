import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { archivePath } from "../../../src/context/archive-path.ts";
import { ArchivePaths } from "../../../src/context/archive-paths.ts";

type Entry = [path: string, type?: "file" | "directory" | "symlink" | "link", linkname?: string];

function pathsOf(...entries: Entry[]): ArchivePaths {
  const paths = new ArchivePaths();
  for (const [path, type = "file", linkname = ""] of entries) paths.add(path, { type, linkname });
  return paths;
}

describe("an entry's path in the repository", () => {
  it.each([
    ["acme-shop-1a2b3c4/", ""],
    ["acme-shop-1a2b3c4/Dockerfile", "Dockerfile"],
    ["acme-shop-1a2b3c4/a/b/", "a/b"],
    ["acme-shop-1a2b3c4//a/./b", "a/b"],
    ["./top/a", "a"],
    ["top/...", "..."],
  ])("of %s is %j", (name, path) => {
    expect(archivePath(name)).toBe(path);
  });

  it.each(["top/../etc/passwd", "../x", "top/a/..", "..", "top/a\0b", `top/${"a".repeat(5000)}`])(
    "is none for %j",
    (name) => {
      expect(() => archivePath(name)).toThrow(
        expect.objectContaining({ diagnosis: expect.objectContaining({ code: "context-unreadable" }) }),
      );
    },
  );

  it("never leads out of the repository", () => {
    const segment = fc.constantFrom("..", ".", "", "a", "b");
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const name = segments.join("/");
        if (segments.includes("..")) expect(() => archivePath(name)).toThrow();
        else expect(archivePath(name)).toMatch(/^(?:[ab](?:\/[ab])*)?$/);
      }),
    );
  });
});

describe("an archive's paths", () => {
  it("know folders by what lies in them, and kinds", () => {
    const paths = pathsOf(["services/api/Dockerfile"], ["empty", "directory"]);
    expect(["", "services", "services/api", "empty"].map((path) => paths.kind(path))).toEqual(
      Array(4).fill("folder"),
    );
    expect(paths.kind("services/api/Dockerfile")).toBe("file");
    expect(paths.kind("services/web")).toBeUndefined();
    expect([...paths.all("folder")]).toEqual(["services", "services/api", "empty"]);
  });

  it.each([
    ["api", "services/api"],
    ["api/Dockerfile", "services/api/Dockerfile"],
    ["api/linked", "services/api/Dockerfile"],
    ["hard", "services/api/Dockerfile"],
    ["services/../api", undefined],
    ["dangling", undefined],
    ["out", undefined],
    ["absolute", undefined],
    ["loop", undefined],
    ["api/Dockerfile/x", undefined],
  ])("follow links: %s leads to %j", (path, resolved) => {
    const paths = pathsOf(
      ["services/api/Dockerfile"],
      ["services/api/linked", "symlink", "./Dockerfile"],
      ["api", "symlink", "services/api/"],
      ["hard", "link", "top/services/api/Dockerfile"],
      ["dangling", "symlink", "nowhere"],
      ["out", "symlink", "../services/api"],
      ["absolute", "symlink", "/etc/passwd"],
      ["loop", "symlink", "pool"],
      ["pool", "symlink", "loop"],
    );
    expect(paths.resolve(path)).toBe(resolved);
  });

  it.each<[string, Entry[]]>([
    ["what lies within a link", [["x", "symlink", ".."], ["x/Dockerfile"]]],
    ["what lies within a file", [["x"], ["x/y"]]],
    ["what lies deep within a link", [["x", "symlink", ".."], ["x/y/z/Dockerfile"]]],
    ["a link in the place of a folder", [["x/y"], ["x", "symlink", ".."]]],
    ["two files in one place", [["x"], ["x"]]],
    ["a folder in the place of a file", [["x"], ["x", "directory"]]],
    ["a hard link out of the repository", [["x", "link", "top/../../etc/passwd"]]],
  ])("refuse %s", (_, entries) => {
    expect(() => pathsOf(...entries)).toThrow(
      expect.objectContaining({ diagnosis: expect.objectContaining({ code: "context-unreadable" }) }),
    );
  });

  it("are bounded in number, however deep they lie", () => {
    const deep = (index: number) => `${"d/".repeat(1900)}${index}/${"e/".repeat(100)}f`;
    const many = () => pathsOf(...Array.from({ length: 2000 }, (_, index): Entry => [deep(index)]));
    expect(many).toThrow(
      expect.objectContaining({ diagnosis: expect.objectContaining({ code: "context-too-large" }) }),
    );
  });
});
