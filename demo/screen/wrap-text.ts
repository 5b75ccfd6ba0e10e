import { stripVTControlCharacters } from "node:util";

/** Breaks text at its spaces into lines of at most `width` columns. Colours take no room; a longer word stays whole. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && columnsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

export function columnsOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
