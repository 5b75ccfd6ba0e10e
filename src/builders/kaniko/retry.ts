import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error.ts";

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5_000;
/** About half a minute in all: a restarting API server is back by then. */
const TRIES = 11;

/** Calls again while the cluster's failure may pass. */
export async function withRetries<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call();
    } catch (error) {
      signal?.throwIfAborted();
      if (!isPassing(error) || tried === TRIES) throw error;
      await sleep(delayMs(tried, error), undefined, signal ? { signal } : {}).catch(() => {});
      signal?.throwIfAborted();
    }
  }
}

function isPassing(error: unknown): boolean {
  // A timeout of one answer: the caller's own signal was asked before.
  return error instanceof ClusterError ? error.isPassing : (error as Error).name === "TimeoutError";
}

function delayMs(tried: number, error: unknown): number {
  const asked = error instanceof ClusterError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
  return Math.min(MAX_DELAY_MS, Math.max(asked, FIRST_DELAY_MS * 2 ** (tried - 1)));
}
