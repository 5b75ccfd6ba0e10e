/** A block of markdown whose lines are taken as they are, until its end: a fenced code block, or HTML. */
export type ClosedBlock = { endsWith: (line: string, indent: number) => boolean; endsAtOnce: boolean };

const FENCE = /(`{3,})[^`]*$|(~{3,})/y;
const FENCE_END = /^[ \t]*(`+|~+)[ \t]*$/;
const MAX_INDENT = 3;

/** https://spec.commonmark.org/0.31.2/#html-blocks, those that go on past an empty line. */
const HTML: readonly [start: RegExp, end: RegExp][] = [
  [/<(?:script|pre|style|textarea)(?=[\s>]|$)/iy, /<\/(?:script|pre|style|textarea)>/i],
  [/<!--/y, /-->/],
  [/<\?/y, /\?>/],
  [/<![a-z]/iy, />/],
  [/<!\[CDATA\[/y, /\]\]>/],
];

/** The block that begins at `at`, if one does. https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
export function openClosedBlock(line: string, at: number): ClosedBlock | undefined {
  FENCE.lastIndex = at;
  const [, backticks, tildes] = FENCE.exec(line) ?? [];
  const fence = backticks ?? tildes;
  if (fence !== undefined)
    return { endsWith: (later, indent) => endsFence(fence, later, indent), endsAtOnce: false };
  for (const [start, end] of HTML) {
    start.lastIndex = at;
    if (start.test(line))
      return { endsWith: (later) => end.test(later), endsAtOnce: end.test(line.slice(at)) };
  }
  return undefined;
}

function endsFence(fence: string, line: string, indent: number): boolean {
  const run = indent <= MAX_INDENT ? FENCE_END.exec(line)?.[1] : undefined;
  return run !== undefined && run[0] === fence[0] && run.length >= fence.length;
}
