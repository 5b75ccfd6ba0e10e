import { boundTextStart, utf8Length } from "./bound-text.ts";
import { codeFence } from "./code-fence.ts";

/** A block is a fence, a line break, the lines, a line break, a fence. */
const BREAKS = 2;

/**
 * A log's end as a markdown code block of at most `maxBytes` of UTF-8: as many of the last lines as fit. Empty for no
 * lines.
 */
export function formatLog(lines: readonly string[], maxBytes: number): string {
  if (lines.length === 0) return "";
  const fence = codeFence(lines.join("\n"), 3);
  const kept = lastLines(lines, maxBytes - 2 * fence.length - BREAKS);
  return `${fence}\n${kept.join("\n")}\n${fence}`;
}

function lastLines(lines: readonly string[], maxBytes: number): string[] {
  const kept: string[] = [];
  let room = maxBytes;
  for (const line of lines.toReversed()) {
    const bytes = utf8Length(line) + 1;
    if (bytes > room) {
      // Even a single line that is too long is better shown by its end than not at all.
      if (kept.length === 0) kept.unshift(boundTextStart(line, room));
      break;
    }
    kept.unshift(line);
    room -= bytes;
  }
  return kept;
}
