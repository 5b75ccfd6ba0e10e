import type { QueueTiming } from "./queue-timing.ts";

/**
 * Milliseconds until an entry is tried again that failed `failedTries` times. `random` (0 to 1) spreads entries
 * that failed together over the second half of the wait.
 */
export function retryDelayOf(
  failedTries: number,
  { firstRetry, longestRetry }: Pick<QueueTiming, "firstRetry" | "longestRetry">,
  random: number,
): number {
  const longest = Math.min(firstRetry * 2 ** (failedTries - 1), longestRetry);
  return Math.round(longest * (0.5 + random / 2));
}
