import { type Cursor, skipSpaces } from "./cursor.ts";

const MARKER = /(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/y;
/** More white space than this after a marker belongs to indented code in the item. */
const MAX_PADDING = 4;

/**
 * The list item that begins at the cursor: the column that its content must stand at to belong to it, and where that begins.
 * https://spec.commonmark.org/0.31.2/#list-items
 */
export function parseListMarker(
  line: string,
  { at, column }: Cursor,
  isInParagraph: boolean,
): { offset: number; content: Cursor } | undefined {
  MARKER.lastIndex = at;
  const [marker, number] = MARKER.exec(line) ?? [];
  if (marker === undefined) return undefined;
  const end = { at: at + marker.length, column: column + marker.length };
  const content = skipSpaces(line, end);
  const isEmpty = content.at === line.length;
  if (isInParagraph && (isEmpty || (number !== undefined && Number(number) !== 1))) return undefined;
  const isPadded = !isEmpty && content.column - end.column <= MAX_PADDING;
  return { offset: isPadded ? content.column : end.column + 1, content };
}
