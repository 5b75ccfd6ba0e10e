import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundText, boundTextStart, utf8Length } from "../../../src/core/bound-text.ts";
import { formatBytes } from "../../../src/core/format-bytes.ts";
import { formatDuration } from "../../../src/core/format-duration.ts";
import { formatLog } from "../../../src/core/format-log.ts";

describe("core/bound-text", () => {
  it("keeps every text within its bound, and whole when it fits", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.integer({ min: 3, max: 100 }),
        (text, max) => {
          const bounded = boundText(text, max);
          expect(utf8Length(bounded)).toBeLessThanOrEqual(max);
          if (utf8Length(text) <= max) expect(bounded).toBe(text);
        },
      ),
    );
  });

  it("never cuts a character in two", () => {
    expect(boundText("a😀b", 5)).toBe("a…");
    expect(boundTextStart("a😀b", 3)).toBe("b");
  });
});

describe("core/format-log", () => {
  it("never exceeds its bound, always closes its fence, and ends with the log's end", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "`", "é"), maxLength: 30 }), {
          minLength: 1,
          maxLength: 40,
        }),
        fc.integer({ min: 100, max: 400 }),
        (lines, max) => {
          const text = formatLog(lines, max);
          expect(utf8Length(text)).toBeLessThanOrEqual(max);
          const [fence = ""] = text.split("\n", 1);
          expect(fence).toMatch(/^`{3,}$/);
          expect(text.endsWith(`\n${fence}`)).toBe(true);
          const body = text.slice(fence.length + 1, -fence.length - 1);
          expect(body).not.toContain(fence);
          expect(lines.join("\n").endsWith(body)).toBe(true);
        },
      ),
    );
  });

  it("shows the end of a single line that is longer than all the room", () => {
    expect(formatLog([`${"x".repeat(100)}end`], 20)).toContain("end");
  });

  it("is empty without lines", () => {
    expect(formatLog([], 100)).toBe("");
  });
});

describe("core/format-bytes and core/format-duration", () => {
  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1024, "1 KiB"],
    [1536, "1.5 KiB"],
    [4_404_019, "4.2 MiB"],
    [2 ** 30, "1 GiB"],
  ])("formats %d bytes as %s", (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, "0.0 s"],
    [940, "0.9 s"],
    [9_940, "9.9 s"],
    [9_960, "10 s"],
    [59_400, "59 s"],
    [59_600, "1 min"],
    [200_000, "3 min 20 s"],
    [-5, "0.0 s"],
  ])("formats %d ms as %s", (milliseconds, text) => expect(formatDuration(milliseconds)).toBe(text));
});
