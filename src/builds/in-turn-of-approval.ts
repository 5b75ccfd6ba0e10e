import type { BuildId } from "../core/build-id.ts";
import type { Turns } from "../core/turns.ts";

/** A build that waits for approval is shown to wait by one, and ended by another: the last word must be the end. */
export function inTurnOfApproval<Result>(
  inTurn: Turns,
  id: BuildId,
  work: () => Promise<Result>,
): Promise<Result> {
  return inTurn(`approval of ${id}`, work);
}
