import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatNoteBody, NOTE_MARKER, parseNoteBody } from "../../../../src/forges/gitlab/note-body.ts";

const commit = "a".repeat(40);
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom("\n", "/merge", " /close", "\r\n/close", "<!--", "-->", NOTE_MARKER, "\u2028/close"),
      fc.constant("<!-- pushwright:conversation -->"),
      fc.constant(`<!-- pushwright:report ${commit} x -->`),
      fc.string({ unit: "binary" }),
    ),
  )
  .map((parts) => parts.join(""));
/** A check has a name, of at most 255 bytes. */
const name = hostile.map((text) => `x${text}`.slice(0, 80));
const notes = fc.record({
  reports: fc.array(fc.record({ commit: fc.constant(commit), name, text: hostile }), {
    maxLength: 4,
  }),
  conversation: hostile,
});

describe("forges/gitlab/note-body", () => {
  it("is found by its mark, and has nothing in it that GitLab would carry out", () => {
    fc.assert(
      fc.property(notes, (parts) => {
        const body = formatNoteBody(parts);
        expect(body.startsWith(`${NOTE_MARKER}\n`)).toBe(true);
        expect(body).not.toMatch(/^[ \t]*\//m);
        expect(body.isWellFormed()).toBe(true);
      }),
    );
  });

  it("says the same parts whoever reads it, whatever is said in them", () => {
    fc.assert(
      fc.property(notes, (parts) => {
        const read = parseNoteBody(formatNoteBody(parts));
        const names = read.reports.map(({ name }) => name);
        expect(names).toEqual(parts.reports.map(({ name }) => name.toWellFormed()));
        expect(parseNoteBody(formatNoteBody(read))).toEqual(read);
      }),
    );
  });

  it("keeps what is said as it is said, where nothing is hostile", () => {
    const parts = {
      reports: [{ commit, name: "pushwright / api", text: "Built\n\n- `a/b`" }],
      conversation: "An answer\n\nin two parts",
    };
    expect(parseNoteBody(formatNoteBody(parts))).toEqual(parts);
  });

  it("is within GitLab's limit with the most that can be said, and keeps the answers", () => {
    const text = "😀".repeat(100_000);
    const reports = Array.from({ length: 50 }, (_, index) => ({ commit, name: `image-${index}`, text }));
    const body = formatNoteBody({ reports, conversation: `An answer ${"x".repeat(50_000)}` });
    expect(body.length).toBeLessThanOrEqual(1_000_000);
    expect(parseNoteBody(body).conversation).toMatch(/^An answer x{50000}$/);
    expect(formatNoteBody({ reports: [], conversation: "x".repeat(2_000_000) }).length).toBeLessThanOrEqual(
      1_000_000,
    );
  });

  it("reads what a maintainer has changed as far as it can", () => {
    const broken = `${NOTE_MARKER}\n<!-- pushwright:report ${commit} %zz -->\nBuilt`;
    expect(parseNoteBody(broken).reports).toEqual([{ commit, name: "%zz", text: "Built" }]);
    expect(parseNoteBody("something else")).toEqual({ reports: [], conversation: "" });
  });
});
