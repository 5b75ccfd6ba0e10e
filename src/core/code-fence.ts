/** Backticks that fence a text off as markdown code: longer than any run of them in the text, so that it cannot end it. */
export function codeFence(text: string, atLeast: number): string {
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0);
  return "`".repeat(Math.max(atLeast, longest + 1));
}
