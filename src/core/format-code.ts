import { boundText } from "./bound-text.ts";
import { codeFence } from "./code-fence.ts";
import { toPlainText } from "./plain-text.ts";

/** A step of a Dockerfile may be a script of its own. */
const MAX_BYTES = 500;

/**
 * Any text as inline code of markdown, on one line. Nothing in it is markdown, HTML or a mention any more: the way to show
 * what strangers wrote.
 */
export function formatCode(text: string, maxBytes = MAX_BYTES): string {
  // Half a kibibyte takes part of the text: looking through all of it would be for nothing.
  const line = boundText(
    toPlainText(text.slice(0, 2 * maxBytes))
      .replace(/\s+/g, " ")
      .trim(),
    maxBytes,
  );
  if (line === "") return "` `";
  const fence = codeFence(line, 1);
  return fence.length === 1 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
