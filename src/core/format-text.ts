import { toPlainText } from "./plain-text.ts";

/** Shows nothing, and keeps apart what would mean something together: `@` and a name, `#` and a number, `<` and a tag. */
export const WORD_JOINER = "\u2060";

/**
 * Any text as markdown that shows just that text, on one line: no markup, no HTML, nobody is mentioned. What forges
 * leave out goes first, or `@` and a name could come together behind it.
 */
export function formatText(text: string): string {
  return withoutMentions(
    toPlainText(text)
      .replace(/\s+/g, " ")
      .replace(/[\\`*_{}[\]()<>~|&!#+=-]/g, "\\$&")
      .trim(),
  ).replace(/#(?=\d)/g, `#${WORD_JOINER}`);
}

/** Markdown that mentions nobody, with an escaped `_` neither. A digest's `@` (`image@sha256:…`) is none, and stays as it is. */
export function withoutMentions(markdown: string): string {
  return markdown.replace(/(?<!\w)@(?=\\?\w)/g, `@${WORD_JOINER}`);
}
