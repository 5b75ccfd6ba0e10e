import type { QueueTiming } from "../../../src/queue/queue-timing.ts";

/** Tries failed builds again soon, and no test is long enough to notice that a process died. */
export const patientTiming: QueueTiming = {
  lock: 300_000,
  stalledCheck: 300_000,
  firstRetry: 10,
  longestRetry: 100,
};

/** Notices soon that a process died. */
export const alertTiming: QueueTiming = { lock: 900, stalledCheck: 300, firstRetry: 10, longestRetry: 100 };
