import type { PushEvent, TagEvent } from "../../core/forge-event.ts";
import { isLate } from "../../core/is-late.ts";

/** A delivery that failed may be sent again long after the next ones, and its commit is no newer for that. */
export function pushedBefore({ pushedAt }: PushEvent | TagEvent, acceptedAt: number): { pushedAt?: number } {
  return pushedAt !== undefined && isLate(pushedAt, acceptedAt) ? { pushedAt } : {};
}
