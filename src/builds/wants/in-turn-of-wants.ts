import type { BuildId } from "../../core/build-id.ts";
import type { Turns } from "../../core/turns.ts";

/** Whoever ends a build because nobody wants it must not miss somebody who begins to. */
export function inTurnOfWants<Result>(
  inTurn: Turns,
  id: BuildId,
  work: () => Promise<Result>,
): Promise<Result> {
  return inTurn(`wants of ${id}`, work);
}
