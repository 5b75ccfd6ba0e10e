/** How fast the queue notices things, in milliseconds. */
export type QueueTiming = {
  /** How long a server that is not there is waited for at the start. */
  opening: number;
  /** A taken build belongs to its process for as long, unless the process renews that. */
  lock: number;
  /** How often builds are looked for whose process died without letting go of them. */
  stalledCheck: number;
  /** Wait before the second try; doubled for every further one, up to `longestRetry`. */
  firstRetry: number;
  longestRetry: number;
};

/** A build of a process that died is taken again after at most `lock` and `stalledCheck` together: 16 seconds. */
export const defaultTiming: QueueTiming = {
  opening: 15_000,
  lock: 12_000,
  stalledCheck: 4_000,
  firstRetry: 2_000,
  longestRetry: 5 * 60_000,
};

/** The longest wait before a request is refused because the backend does not answer, in milliseconds. */
export const answerDeadline = 4_500;

/** With every wait at its shortest, the last try comes after more than three days. */
export const mostTries = 2_000;

/** How long an ended build stays known. Age in seconds, as BullMQ counts it. */
export const retention = { age: 7 * 24 * 60 * 60, count: 10_000 };

/** A build whose process dies is never given up. PostgreSQL counts in 32 bits. */
export const mostStalls = 2 ** 31 - 1;
