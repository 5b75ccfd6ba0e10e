import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { drawBox } from "../../../demo/screen/draw-box.ts";
import { drawStage } from "../../../demo/screen/draw-stage.ts";
import { renderMarkdown } from "../../../demo/screen/render-markdown.ts";
import { createScreen } from "../../../demo/screen/screen.ts";
import { columnsOf, wrapText } from "../../../demo/screen/wrap-text.ts";

function paper(columns: number) {
  const out = Object.assign(new PassThrough({ encoding: "utf8" }), { columns });
  return { printed: () => String(out.read()), screen: createScreen(out, new AbortController().signal) };
}

const plain = (_style: unknown, text: string) => text;
const bold = (_style: unknown, text: string) => `\x1b[1m${text}\x1b[22m`;

describe("renderMarkdown", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const summary = `| | |\n|---|---|\n| Image | \`a/b:1\` |\n| By digest | \`a/b@${digest}\` |\n\n\`\`\`sh\ndocker pull a\n\`\`\``;

  it("aligns a table, and breaks a long reference before its digest", () => {
    expect(renderMarkdown(summary, 84, plain)).toEqual([
      "Image      a/b:1",
      "By digest  a/b",
      `           @${digest}`,
      "",
      "docker pull a",
    ]);
  });

  it("keeps a cell's own bar, and what stands in double backticks", () => {
    expect(renderMarkdown("| Step | `` echo `id` \\| cat `` |", 60, plain)).toEqual([
      "Step  echo `id` | cat",
    ]);
  });

  it("never makes a line wider than it may be", () => {
    const text = `**Cause**: \`${"x".repeat(95)}\` ${"word ".repeat(30)}`;
    for (const line of renderMarkdown(text, 40, bold)) expect(columnsOf(line)).toBeLessThanOrEqual(40);
  });
});

describe("wrapText", () => {
  it("keeps an indentation", () => {
    expect(wrapText("  npm run demo", 40)).toEqual(["  npm run demo"]);
  });
});

describe("drawBox", () => {
  it("has a straight right edge, whatever is painted", () => {
    const { screen } = paper(80);
    const box = drawBox({ ...screen, paint: bold }, "title", ["short", bold("", "painted")]);
    expect(new Set(box.map(columnsOf))).toEqual(new Set([76]));
  });
});

describe("drawStage", () => {
  const { screen } = paper(80);

  it("draws the time since the stage before to an eighth of a column", () => {
    expect(drawStage(screen, "running", 1062, 325)).toBe("   1062 ms  running             ██████▌");
    expect(drawStage(screen, "accepted", 0, 0)).toBe("      0 ms  accepted");
  });

  it("cuts a long bar", () => {
    expect(drawStage(screen, "pushed", 90_000, 80_000)).toMatch(/ █{40}…$/);
  });
});

describe("a step", () => {
  it("is one line, with its time at the right edge", async () => {
    const { screen, printed } = paper(80);
    await screen.step("Cluster", async () => ({ detail: "there", result: undefined }));
    const text = printed();
    expect(text).toMatch(/^ {2}✓ Cluster {7}there +0\.\d s\n$/);
    expect(text.trimEnd()).toHaveLength(78);
  });
});
