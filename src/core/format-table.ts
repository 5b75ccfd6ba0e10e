/** A table of markdown. A cell is any inline markdown: what would end it early or begin a new row is made harmless. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map(formatCell).join(" | ")} |`)
    .join("\n");
}

/** A cell border within code is escaped like any other: https://github.github.com/gfm/#example-200 */
function formatCell(markdown: string): string {
  return markdown.replace(/\s*[\r\n]+\s*/g, " ").replaceAll("|", "\\|");
}
