const TAB = 4;

/** A place in a line: the index in its text, and the column that this is, tabs counted. */
export type Cursor = { at: number; column: number };

export function skipSpaces(line: string, { at, column }: Cursor): Cursor {
  for (; line[at] === " " || line[at] === "\t"; at++) column += line[at] === "\t" ? TAB - (column % TAB) : 1;
  return { at, column };
}
