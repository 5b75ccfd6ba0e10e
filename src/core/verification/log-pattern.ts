/** The texts between a pattern's stars; `\*` is a star itself. */
function piecesOf(pattern: string): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const [token] of pattern.matchAll(/\\[\\*]|[\s\S]/g)) {
    if (token === "*") {
      pieces.push(piece);
      piece = "";
    } else piece += token.length === 2 && token.startsWith("\\") ? token.slice(1) : token;
  }
  return [...pieces, piece];
}

/** Whether the line shows the pattern: its texts one after the other, with anything before, between and behind. */
export function showsPattern(line: string, pattern: string): boolean {
  let from = 0;
  for (const piece of piecesOf(pattern)) {
    const at = line.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
  }
  return true;
}

/** Looks for patterns in a log, line by line. */
export type LogWatch = { hear(line: string): void; missing(): string[] };

export function createLogWatch(patterns: readonly string[]): LogWatch {
  let missing = [...patterns];
  return {
    hear(line) {
      if (missing.length > 0) missing = missing.filter((pattern) => !showsPattern(line, pattern));
    },
    missing: () => missing,
  };
}
