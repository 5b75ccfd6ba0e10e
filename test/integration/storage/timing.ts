import type { QueueTiming } from "../../../src/queue/queue-timing.ts";

const soon = { opening: 5_000, firstRetry: 10, longestRetry: 100 };

/** Tries failed entries again soon, and no test is long enough to notice that a process died. */
export const patientTiming: QueueTiming = { ...soon, lock: 300_000, stalledCheck: 300_000 };

/** Notices soon that a process died. */
export const alertTiming: QueueTiming = { ...soon, lock: 900, stalledCheck: 300 };
