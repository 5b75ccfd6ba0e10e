const DELIMITER = /\\[\\`<]|`+|<!--/g;
const COMMENT_END = "-->";

/** Where inline code and HTML comments are in a paragraph, as `[start, end)`, in order. Linear in its length. */
export function findHiddenSpans(paragraph: string): [start: number, end: number][] {
  const runs = new BacktickRuns(paragraph);
  const lastCommentEnd = paragraph.lastIndexOf(COMMENT_END);
  const spans: [number, number][] = [];
  DELIMITER.lastIndex = 0;
  for (let found = DELIMITER.exec(paragraph); found; found = DELIMITER.exec(paragraph)) {
    const [delimiter] = found;
    const after = found.index + delimiter.length;
    const end = delimiter.startsWith("\\")
      ? undefined
      : delimiter === "<!--"
        ? commentEnd(paragraph, after, lastCommentEnd)
        : runs.endOfNext(delimiter.length, after);
    if (end === undefined) continue;
    spans.push([found.index, end]);
    DELIMITER.lastIndex = end;
  }
  return spans;
}

function commentEnd(paragraph: string, from: number, lastEnd: number): number | undefined {
  return lastEnd < from ? undefined : paragraph.indexOf(COMMENT_END, from) + COMMENT_END.length;
}

/** https://spec.commonmark.org/0.31.2/#code-spans: a span ends at the next run of as many backticks as began it. */
class BacktickRuns {
  readonly #byLength = new Map<number, { starts: number[]; passed: number }>();

  constructor(text: string) {
    for (const { 0: run, index } of text.matchAll(/`+/g)) {
      const known = this.#byLength.get(run.length);
      if (known) known.starts.push(index);
      else this.#byLength.set(run.length, { starts: [index], passed: 0 });
    }
  }

  /** `from` must not go back from one call to the next. */
  endOfNext(length: number, from: number): number | undefined {
    const runs = this.#byLength.get(length);
    if (!runs) return undefined;
    while ((runs.starts[runs.passed] ?? Number.POSITIVE_INFINITY) < from) runs.passed += 1;
    const start = runs.starts[runs.passed];
    return start === undefined ? undefined : start + length;
  }
}
