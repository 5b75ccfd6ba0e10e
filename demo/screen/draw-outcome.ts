import type { Screen } from "./screen.ts";
import { columnsOf } from "./wrap-text.ts";

const MARKS = {
  success: ["green", "✓"],
  failure: ["red", "✗"],
  error: ["red", "✗"],
  cancelled: ["gray", "■"],
  timed_out: ["red", "◷"],
} as const;

/** A check's mark and name on the left, and how it ended on the right, as wide as the inside of a box. */
export function drawOutcome({ paint, width }: Screen, name: string, outcome: string): string {
  const [color, mark] = MARKS[outcome as keyof typeof MARKS] ?? ["yellow", "●"];
  const left = `${paint(color, mark)} ${paint("bold", name)}`;
  const right = paint(color, outcome.replace("_", " "));
  return `${left}${" ".repeat(Math.max(1, width - 4 - columnsOf(left) - columnsOf(right)))}${right}`;
}
