import { stripVTControlCharacters } from "node:util";

/** Breaks text at its spaces into lines of at most `width` columns. Colours take no room; a longer word stays whole. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  const [first = "", ...words] = text.split(" ");
  let line = first;
  for (const word of words) {
    const longer = `${line} ${word}`;
    if (line.trim() !== "" && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

export function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}

/** Text without colours, cut to `width` columns. */
export function cutText(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}
