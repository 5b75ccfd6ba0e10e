import type { Instruction } from "../dockerfile.ts";

/** Whom the Dockerfile's own USER makes the instruction at this line run as; undefined where it says nothing. */
export function userAt(
  instructions: readonly Instruction[],
  line = Number.POSITIVE_INFINITY,
): string | undefined {
  const before = instructions.filter((each) => each.line < line);
  const stage = before.slice(before.findLastIndex(({ keyword }) => keyword === "FROM") + 1);
  return stage.findLast(({ keyword }) => keyword === "USER")?.text.split(/\s+/)[1];
}
