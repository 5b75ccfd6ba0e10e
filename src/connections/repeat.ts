import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does it now, and again each `everyMs` after it was done. `task` handles its own errors. What is being done when it is
 * stopped comes to its end, and is not waited for.
 */
export function repeat(task: () => Promise<void>, everyMs: number): { stop(): void } {
  const stopped = new AbortController();
  void (async () => {
    while (!stopped.signal.aborted) {
      await task();
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
  })();
  return { stop: () => stopped.abort() };
}
