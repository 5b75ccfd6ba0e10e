import { boundText } from "./bound-text.ts";
import { codeFence } from "./code-fence.ts";

const MAX_BYTES = 200;

/** Markdown that shows a name which a stranger may have chosen as it is: on one line, bounded, and as nothing but text. */
export function inlineCode(text: string): string {
  const line = boundText(text.replace(/\s+/g, " ").trim(), MAX_BYTES);
  if (line === "") return "``` ```";
  const fence = codeFence(line, 1);
  return fence.length === 1 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}
