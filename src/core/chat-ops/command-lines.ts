import { findHiddenSpans } from "./code-spans.ts";
import { findParagraphs, type ParagraphLine } from "./paragraphs.ts";

/** Markdown shows four as code. */
const COMMAND_LINE = /^ {0,3}(?=\/\S)/;

/**
 * The lines of a comment that begin with a slash and a word, white space around them left out: those that a person
 * says, neither in code nor in a quote nor in an HTML comment.
 */
export function findCommandLines(body: string): string[] {
  return findParagraphs(body).flatMap(spokenLines);
}

function spokenLines(paragraph: ParagraphLine[]): string[] {
  if (!paragraph.some(isCommandLine)) return [];
  const hidden = findHiddenSpans(paragraph.map(({ text }) => text).join("\n"));
  const spoken: string[] = [];
  let start = 0;
  let span = 0;
  for (const line of paragraph) {
    while (hidden[span] && (hidden[span]?.[1] ?? 0) <= start) span += 1;
    const isHidden = (hidden[span]?.[0] ?? Number.POSITIVE_INFINITY) < start;
    if (!isHidden && isCommandLine(line)) spoken.push(line.text.trim());
    start += line.text.length + 1;
  }
  return spoken;
}

function isCommandLine({ text, isWhole }: ParagraphLine): boolean {
  return isWhole && COMMAND_LINE.test(text);
}
