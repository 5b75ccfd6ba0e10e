import { describe, expect, it } from "vitest";
import { linkTarget, programPaths, tidy } from "../../../../src/core/verification/program-paths.ts";

describe("core/verification/program-paths", () => {
  it.each<[string | undefined, string[], string[]]>([
    ["/app//main", [], ["app/main"]],
    ["node", ["A=1", "PATH=/usr/local/bin:/bin"], ["usr/local/bin/node", "bin/node"]],
    ["node", [], []],
    ["node", ["PATH=bin:/opt"], ["opt/node"]],
    ["./main", ["PATH=/bin"], []],
    ["", ["PATH=/bin"], []],
    [undefined, [], []],
  ])("%j with %j is looked for at %j", (command, env, paths) => {
    expect(programPaths(command, env)).toEqual(paths);
  });

  it.each([
    ["usr/bin/node", "../lib/node", "usr/lib/node"],
    ["bin/sh", "busybox", "bin/busybox"],
    ["bin/sh", "/usr/bin/dash", "usr/bin/dash"],
    ["main", "../../../etc/x", "etc/x"],
  ])("%s → %s leads to %s", (from, to, target) => {
    expect(linkTarget(from, to)).toBe(target);
  });

  it("writes a path in one form", () => {
    expect(["./a/b", "/a//b", "a/./b/", "a/c/../b"].map(tidy)).toEqual(["a/b", "a/b", "a/b", "a/b"]);
  });
});
