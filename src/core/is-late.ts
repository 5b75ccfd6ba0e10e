/** Clocks of forges differ from the bot's, and some tell whole seconds: of what comes in time, the order of coming is better. */
const LATE_MS = 60_000;

/** Whether a delivery came long after what it tells of: it failed at first, or somebody had it sent again. */
export function isLate(happenedAt: number, acceptedAt: number): boolean {
  return happenedAt < acceptedAt - LATE_MS;
}
