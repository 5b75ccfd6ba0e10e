import type { Screen } from "./screen.ts";
import { columnsOf } from "./wrap-text.ts";

/** A frame around lines that fit into it. */
export function drawBox({ width, paint }: Screen, title: string, lines: string[]): string[] {
  const inner = width - 4;
  const edge = (text: string) => paint("dim", text);
  const top = `${edge("╭─")} ${title} ${edge(`${"─".repeat(Math.max(0, inner - columnsOf(title) - 1))}╮`)}`;
  const bottom = edge(`╰${"─".repeat(inner + 2)}╯`);
  const side = edge("│");
  return [
    top,
    ...lines.map((line) => `${side} ${line}${" ".repeat(Math.max(0, inner - columnsOf(line)))} ${side}`),
    bottom,
  ];
}
