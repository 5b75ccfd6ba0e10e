import { LineCounter } from "yaml";
import type { ConfigFault } from "./config-fault.ts";
import type { TextFault } from "./text-fault.ts";

/** Nobody mends more at once, and no forge shows more. */
const MAX_FAULTS = 50;

/** The faults by line and column, in the text's order. */
export function locateFaults(text: string, faults: readonly TextFault[]): ConfigFault[] {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  // A line break at the end begins no line that an editor or a forge would show.
  const end = text.trimEnd().length;
  return faults
    .toSorted((one, other) => one.offset - other.offset)
    .slice(0, MAX_FAULTS)
    .map(({ offset, message }) => {
      const { line, col } = lines.linePos(Math.min(offset, end));
      return { line, column: col, message: escapeInvisible(message) };
    });
}

/** What would change how a terminal or a page shows the rest. */
function escapeInvisible(message: string): string {
  return message
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
