import type { Table } from "./section-report.ts";

/** The table as lines of text: the first column to the left, figures to the right. */
export function drawTable({ title, columns, rows, notes = [] }: Table): string[] {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? "").length)),
  );
  const drawRow = (cells: string[]) =>
    widths
      .map((width, index) =>
        index === 0 ? (cells[0] ?? "").padEnd(width) : (cells[index] ?? "").padStart(width),
      )
      .join("   ")
      .trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("───");
  return [
    title,
    "",
    ...[drawRow(columns), rule, ...rows.map(drawRow), ...notes.map((note) => `· ${note}`)].map(indent),
  ];
}

function indent(line: string): string {
  return `  ${line}`;
}
