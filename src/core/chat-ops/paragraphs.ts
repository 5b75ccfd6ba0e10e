import { type ClosedBlock, openClosedBlock } from "./closed-block.ts";
import { type Cursor, skipSpaces } from "./cursor.ts";
import { parseListMarker } from "./list-marker.ts";

/** `isWhole`: the text is all of its line, and not what follows a list's marker. */
export type ParagraphLine = { text: string; isWhole: boolean };

const CODE_INDENT = 4;
/** Deeper lists are not told apart. Nothing that is so deep in a list stands near the left margin. */
const MAX_DEPTH = 20;
const QUOTE = />/y;
const BREAK = /(?:#{1,6}(?:[ \t]|$)|(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$)/y;
const UNDERLINE = /(?:=+|-+)[ \t]*$/y;

/**
 * The paragraphs of a markdown text: neither code blocks nor quotes nor HTML comments. Follows CommonMark as far as that tells
 * where those begin and end, but for one thing: a line without `>` under a quote is no part of the quote. One pass, linear in
 * the text's length.
 */
export function findParagraphs(text: string): ParagraphLine[][] {
  const paragraphs: ParagraphLine[][] = [];
  /** The columns at which the content of each open list item stands. */
  let items: number[] = [];
  let paragraph: ParagraphLine[] | undefined;
  let block: (ClosedBlock & { depth: number }) | undefined;
  let isEmptyItem = false;

  for (const line of text.split(/\r\n|\n|\r/)) {
    const start = skipSpaces(line, { at: 0, column: 0 });
    if (start.at === line.length) {
      paragraph = undefined;
      // An item may begin with one empty line, and not with two.
      if (isEmptyItem) items.pop();
      isEmptyItem = false;
      continue;
    }
    isEmptyItem = false;
    const left = items.findIndex((offset) => start.column < offset);
    const depth = left < 0 ? items.length : left;
    const margin = items[depth - 1] ?? 0;
    if (block && depth >= block.depth) {
      if (block.endsWith(line, start.column - margin)) block = undefined;
      continue;
    }
    block = undefined;
    /** Not that of a list's item that the line does not belong to. */
    const isInParagraph = paragraph !== undefined && depth === items.length;
    if (isInParagraph && startsWith(UNDERLINE, line, start, margin)) {
      paragraph = undefined;
      continue;
    }
    if (paragraph && !interrupts(line, start, margin, isInParagraph)) {
      paragraph.push({ text: line, isWhole: true });
      continue;
    }
    const opened = openItems(line, start, margin);
    items = [...items.slice(0, depth), ...opened.items].slice(0, MAX_DEPTH);
    isEmptyItem = opened.items.length > 0 && opened.content.at === line.length;
    const closed = opened.isCode ? undefined : openClosedBlock(line, opened.content.at);
    block = closed && !closed.endsAtOnce ? { ...closed, depth: items.length } : undefined;
    paragraph = closed || opened.isCode || isNoText(line, opened.content) ? undefined : [];
    if (!paragraph) continue;
    const isWhole = opened.items.length === 0;
    paragraph.push({ text: isWhole ? line : line.slice(opened.content.at), isWhole });
    paragraphs.push(paragraph);
  }
  return paragraphs;
}

/** Steps over the list markers that a line begins with. */
function openItems(line: string, start: Cursor, margin: number) {
  const items: number[] = [];
  let content = start;
  const isCode = () => content.column - (items.at(-1) ?? margin) >= CODE_INDENT;
  while (items.length < MAX_DEPTH && !isCode() && !startsWith(BREAK, line, content)) {
    const marker = parseListMarker(line, content, false);
    if (!marker) break;
    items.push(marker.offset);
    content = marker.content;
  }
  return { items, content, isCode: isCode() };
}

function isNoText(line: string, cursor: Cursor): boolean {
  return cursor.at === line.length || startsWith(QUOTE, line, cursor) || startsWith(BREAK, line, cursor);
}

/** Whether the line ends the paragraph before it. */
function interrupts(line: string, cursor: Cursor, margin: number, isInParagraph: boolean): boolean {
  if (cursor.column - margin >= CODE_INDENT) return false;
  const isBlock = openClosedBlock(line, cursor.at) ?? parseListMarker(line, cursor, isInParagraph);
  return isBlock !== undefined || startsWith(QUOTE, line, cursor) || startsWith(BREAK, line, cursor);
}

function startsWith(pattern: RegExp, line: string, { at, column }: Cursor, margin = column): boolean {
  pattern.lastIndex = at;
  return column - margin < CODE_INDENT && pattern.test(line);
}
