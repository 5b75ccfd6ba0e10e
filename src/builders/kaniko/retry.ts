import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error.ts";

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5_000;
/** About half a minute in all: a restarting API server is back by then. */
const TRIES = 11;

/** Calls again while the cluster's failure may pass and `until`, in milliseconds, has not come. */
export async function withRetries<T>(
  call: () => Promise<T>,
  signal?: AbortSignal,
  until = Number.POSITIVE_INFINITY,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      const delay = delayMs(tried, error);
      const isLast = tried === TRIES || Date.now() + delay >= until;
      if (!(error instanceof ClusterError && error.isPassing) || isLast) throw error;
      await sleep(delay, undefined, signal ? { signal } : {}).catch(() => {});
      signal?.throwIfAborted();
    }
  }
}

function delayMs(tried: number, error: unknown): number {
  const asked = error instanceof ClusterError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.min(MAX_DELAY_MS, Math.max(asked, FIRST_DELAY_MS * 2 ** (tried - 1)));
}
