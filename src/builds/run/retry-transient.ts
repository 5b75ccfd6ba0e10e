import { setTimeout as sleep } from "node:timers/promises";
import { isPermanent } from "../../core/build-fault.ts";

/**
 * Tries `action` again after each of `delays` (milliseconds) as long as it fails in a passing way: every error but a
 * permanent BuildFault. Rejects with the last error, or at once when `signal` aborts.
 */
export async function retryTransient<Result>(
  action: () => Promise<Result>,
  delays: readonly number[],
  signal: AbortSignal,
): Promise<Result> {
  for (const delay of delays) {
    try {
      return await action();
    } catch (error) {
      if (isPermanent(error)) throw error;
      await sleep(delay, undefined, { signal });
    }
  }
  return action();
}
