import MarkdownIt from "markdown-it";

/** What a forge would make of a markdown text, as far as strangers could abuse it. */
export type ShownMarkdown = {
  /** All text outside of code, as people read it. */
  text: string;
  code: string[];
  /** Raw HTML in it. */
  html: string[];
  links: string[];
  /** The number of cells of each table row. */
  cells: number[];
};

export function showMarkdown(markdown: string): ShownMarkdown {
  const shown: ShownMarkdown = { text: "", code: [], html: [], links: [], cells: [] };
  for (const token of new MarkdownIt({ html: true, linkify: true }).parse(markdown, {})) {
    if (token.type === "tr_open") shown.cells.push(0);
    if (token.type === "td_open" || token.type === "th_open") shown.cells.push((shown.cells.pop() ?? 0) + 1);
    if (token.type === "html_block") shown.html.push(token.content);
    if (token.type === "fence" || token.type === "code_block") shown.code.push(token.content);
    for (const child of token.children ?? []) {
      const { type, content } = child;
      if (type === "text") shown.text += content;
      if (type === "softbreak") shown.text += "\n";
      if (type === "code_inline") shown.code.push(content);
      if (type === "html_inline") shown.html.push(content);
      if (type === "image") shown.html.push("image");
      if (type === "link_open") shown.links.push(String(child.attrGet("href")));
    }
    shown.text += "\n";
  }
  return shown;
}
