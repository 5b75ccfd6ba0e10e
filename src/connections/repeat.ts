import { setTimeout as sleep } from "node:timers/promises";

/**
 * Does it now, and again each `everyMs` after it was done. `task` handles its own errors. What is being done when it is
 * stopped is not waited for, and learns of it by the signal.
 */
export function repeat(task: (stop: AbortSignal) => Promise<void>, everyMs: number): { stop(): void } {
  const stopped = new AbortController();
  void (async () => {
    while (!stopped.signal.aborted) {
      await task(stopped.signal);
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => {});
    }
  })();
  return { stop: () => stopped.abort() };
}
