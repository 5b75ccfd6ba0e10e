import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLogWatch, showsPattern } from "../../../../src/core/verification/log-pattern.ts";

describe("core/verification/log-pattern", () => {
  it.each([
    ["Server started on port 8081", "Server started", true],
    ["12:00 Server started on port 8081", "Server started on port *", true],
    ["started on port 8081 in 3 ms", "started*in * ms", true],
    ["started in ms", "started*in * ms", false],
    ["server started", "Server started", false],
    ["5 * 3", "5 \\* 3", true],
    ["5 + 3", "5 \\* 3", false],
    ["C:\\temp", "C:\\\\temp", true],
    ["(a+)+$ .*", "(a+)+$ .", true],
    ["bab", "a*a", false],
  ])("%j shows %j: %s", (line, pattern, shows) => {
    expect(showsPattern(line, pattern)).toBe(shows);
  });

  it("finds what is written out, with anything around it", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (before, text, behind) => {
        const pattern = text.replace(/[\\*]/g, "\\$&");
        expect(showsPattern(before + text + behind, pattern)).toBe(true);
      }),
    );
  });

  it("takes time in proportion to line and pattern", () => {
    expect(showsPattern("a".repeat(60_000), `${"a*".repeat(250)}b`)).toBe(false);
  });

  it("tells what no line has shown yet", () => {
    const watch = createLogWatch(["one", "two"]);
    watch.hear("two and more");
    expect(watch.missing()).toEqual(["one"]);
    watch.hear("one");
    expect(watch.missing()).toEqual([]);
  });
});
