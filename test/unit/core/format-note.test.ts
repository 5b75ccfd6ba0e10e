import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { utf8Length } from "../../../src/core/bound-text.ts";
import type { Build } from "../../../src/core/build.ts";
import { formatNote } from "../../../src/core/format-note.ts";
import type { NoteAnswer } from "../../../src/core/thread-note.ts";
import { buildOf, DIGEST, endedOf, successOf } from "./build-of.ts";
import { showMarkdown } from "./shown-markdown.ts";

const answerOf = (minute: number, changes: Partial<NoteAnswer> = {}): NoteAnswer => ({
  at: Date.UTC(2026, 0, 2, 10, minute),
  by: "ada",
  asked: `\`/build i${minute}\``,
  said: `Said ${minute}.`,
  builds: [],
  ...changes,
});
const noteOf = (answers: NoteAnswer[], builds: Build[] = []) =>
  formatNote(
    { answers: Object.fromEntries(answers.map((answer, at) => [`c${at}`, answer])) },
    new Map(builds.map((build) => [build.request.id, build])),
    (id) => `https://bot.example.com/builds/${id}`,
  );

describe("core/format-note", () => {
  it("begins with the newest answer, and folds the older ones, newest first", () => {
    const note = noteOf([answerOf(1), answerOf(3), answerOf(2)]);
    expect(note.startsWith("`ada`, 2026-01-02 10:03 UTC: `/build i3`\n\nSaid 3.")).toBe(true);
    const fold = note.indexOf("<details><summary>2 earlier answers</summary>");
    expect(fold).toBeGreaterThan(note.indexOf("Said 3."));
    expect(note.indexOf("Said 2.")).toBeGreaterThan(fold);
    expect(note.indexOf("Said 1.")).toBeGreaterThan(note.indexOf("Said 2."));
    expect(note.endsWith("\n\n</details>")).toBe(true);
    expect(noteOf([answerOf(1)])).not.toContain("<details>");
  });

  it("takes the higher of two comments' ids for the newer one where the times are the same", () => {
    const [one, two] = [answerOf(1, { said: "One." }), answerOf(1, { said: "Two." })];
    const note = formatNote({ answers: { 10000000002: two, 9999999998: one } }, new Map());
    expect(note.indexOf("Two.")).toBeLessThan(note.indexOf("One."));
  });

  it("shows what became of each build, with a link", () => {
    const builds = [
      buildOf(1, { state: "completed", result: successOf() }),
      buildOf(2, { state: "completed", result: endedOf("failure"), request: { attempt: 2 } }),
      buildOf(3, { state: "running" }),
    ];
    const note = noteOf([answerOf(1, { builds: builds.map(({ request }) => request.id) })], builds);
    const link = (at: number) => `[\`acme/shop\`](https://bot.example.com/builds/${builds[at]?.request.id})`;
    expect(note).toContain(`| ${link(0)} | ✅ built | \`${DIGEST}\` | 10 s | 1 |`);
    expect(note).toContain(`| ${link(1)} | ❌ failed | make failed with exit code 2 | 10 s | 2 |`);
    expect(note).toContain(`| ${link(2)} | 🔨 building |  |  | 1 |`);
  });

  it("leaves out builds that are not kept any more", () => {
    expect(noteOf([answerOf(1, { builds: [buildOf(1).request.id] })])).not.toContain("| Image |");
  });

  it("stays within what a forge takes, and says what is left out", () => {
    const many = noteOf(Array.from({ length: 300 }, (_, at) => answerOf(at, { said: "ä".repeat(1000) })));
    expect(utf8Length(many)).toBeLessThanOrEqual(65_536);
    expect(many).toContain("299 earlier answers");
    const shown = many.split("\n---\n").length;
    expect(many).toContain(`${300 - shown} more from before that are left out.`);
    const huge = noteOf([answerOf(1), answerOf(2, { said: "😀".repeat(100_000) })]);
    expect(utf8Length(huge)).toBeLessThanOrEqual(65_536);
    expect(huge).toContain("1 more from before that is left out.");
  });

  it("mentions nobody, and lets nothing that strangers wrote end the fold or pass for a note", () => {
    const bad = [
      "@acme/team",
      "a @ada",
      "</details>",
      "<summary>",
      "<!-- a mark -->",
      "<!--",
      "|",
      "`",
      "**",
      "<img src=x>",
      "[x](y)",
      "#1",
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...bad), fc.string({ maxLength: 5 })), { maxLength: 5 })
      .map((parts) => parts.join(" "));
    fc.assert(
      fc.property(text, text, (one, two) => {
        const title = one.trim() === "" ? "x" : one;
        const build = buildOf(1, {
          state: "completed",
          result: endedOf("failure", { title }),
          request: { gitTag: two },
        });
        const answer = answerOf(1, { by: two, asked: one, said: two, builds: [build.request.id] });
        const note = noteOf([answer, { ...answer, at: 0 }], [build]);
        expect(note).not.toContain("<!--");
        expect(note.match(/<\/?details>/g)).toEqual(["<details>", "</details>"]);
        expect(showMarkdown(note).text).not.toMatch(/(?<!\w)@\w/);
        const row = note.split("\n").find((line) => line.includes("❌ failed")) ?? "";
        const table = showMarkdown(`| a | b | c | d | e |\n|---|---|---|---|---|\n${row}`);
        expect(table).toMatchObject({ html: [], cells: [5, 5] });
        expect(table.links).toEqual([`https://bot.example.com/builds/${build.request.id}`]);
        expect(table.text.replaceAll("\u2060", "")).toContain(title.replace(/\s+/g, " ").trim());
      }),
      { numRuns: 500 },
    );
  });
});
