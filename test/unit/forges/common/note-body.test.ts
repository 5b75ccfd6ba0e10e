import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNoteBody, NOTE_MARKER } from "../../../../src/forges/common/note-body.ts";

describe("forges/common/note-body", () => {
  it("begins with the mark that readers do not see", () => {
    expect(formatNoteBody("Built")).toBe("<!-- pushwright:note -->\nBuilt");
  });

  it("keeps the mark, GitHub's limit and whole characters, whatever the note says", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat({ max: 70_000 }), (text, times) => {
        const body = formatNoteBody(text.repeat(Math.ceil(times / Math.max(1, text.length))));
        expect(body.startsWith(NOTE_MARKER)).toBe(true);
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
        expect(body.isWellFormed()).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
