/** How fast the queue notices things, in milliseconds. */
export type QueueTiming = {
  /** How long a server that is not there is waited for at the start. */
  opening: number;
  /** What was taken belongs to its process for as long, unless the process renews that. */
  lock: number;
  /** How often entries are looked for whose process died without letting go of them. */
  stalledCheck: number;
  /** Wait before the second try; doubled for every further one, up to `longestRetry`. */
  firstRetry: number;
  longestRetry: number;
};

/** What a process that died had taken is taken again after at most `lock` and `stalledCheck` together: 16 seconds. */
export const defaultTiming: QueueTiming = {
  opening: 15_000,
  lock: 12_000,
  stalledCheck: 4_000,
  firstRetry: 2_000,
  longestRetry: 5 * 60_000,
};

/** With every wait at its shortest, the last try comes after more than three days. */
export const mostTries = 2_000;

/**
 * How long what is done stays known: a delivery that is sent again, and a build that an event asks for again whose
 * handling was cut short, run once. Age in seconds, as BullMQ counts it.
 */
export const retention = { age: 7 * 24 * 60 * 60, count: 10_000 };

/** What makes processes die is never given up. PostgreSQL counts in 32 bits. */
export const mostStalls = 2 ** 31 - 1;
