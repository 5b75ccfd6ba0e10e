import type { Screen } from "./screen.ts";
import { cutText, wrapText } from "./wrap-text.ts";

type Paint = Screen["paint"];

/** The markdown that Pushwright's reports are made of, for a terminal: tables, code and bold words. */
export function renderMarkdown(markdown: string, width: number, paint: Paint): string[] {
  const rendered: string[] = [];
  const lines = markdown.split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line.startsWith("```")) {
      const end = lines.indexOf("```");
      const code = lines.splice(0, end < 0 ? lines.length : end);
      lines.shift();
      // On a page it can be scrolled; here it is cut.
      rendered.push(...code.map((text) => paint("cyan", cutText(text, width))));
    } else if (line.startsWith("|")) {
      const rest = lines.findIndex((text) => !text.startsWith("|"));
      rendered.push(...renderTable([line, ...lines.splice(0, rest < 0 ? lines.length : rest)], width, paint));
    } else rendered.push(...renderText(line, width, paint));
  }
  return rendered;
}

function renderTable(lines: string[], width: number, paint: Paint): string[] {
  const rows = lines.map(cellsOf).filter(([key = ""]) => /[^\s:-]/.test(key));
  const keyWidth = Math.max(...rows.map(([key = ""]) => key.length)) + 2;
  return rows.flatMap(([key = "", ...values]) =>
    renderText(values.join(" "), width - keyWidth, paint).map(
      (text, index) => `${paint("dim", (index === 0 ? key : "").padEnd(keyWidth))}${text}`,
    ),
  );
}

function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|$/g, "")
    .split(/(?<!\\)\|/)
    .map((cell) => cell.replaceAll("\\|", "|").trim());
}

function renderText(text: string, width: number, paint: Paint): string[] {
  const marks = /\*\*(.+?)\*\*|(`+) ?(.+?) ?\2(?!`)/g;
  const words = text
    .replace(/\S+/g, (word) => breakWord(word, width))
    .replace(marks, (_, bold: string | undefined, _fence, code: string | undefined) =>
      (bold ?? code ?? "")
        .split(" ")
        .map((word) => paint(bold === undefined ? "cyan" : "bold", word))
        .join(" "),
    );
  return wrapText(words, width);
}

/** A reference to an image is broken before its digest, if that is enough. */
function breakWord(word: string, width: number): string {
  if (word.length <= width) return word;
  const parts = word.replace("@sha256:", " @sha256:").split(" ");
  return parts.flatMap((part) => part.match(new RegExp(`.{1,${width}}`, "g")) ?? []).join(" ");
}
