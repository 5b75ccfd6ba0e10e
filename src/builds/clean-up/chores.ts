import { cleanUp } from "./clean-up.ts";
import type { CleanUpPorts } from "./clean-up-ports.ts";
import { sweep } from "./sweep.ts";

/** What the bot does by itself, again and again. It handles its own errors. */
export type Chore = { everyMs: number; task: (stop: AbortSignal) => Promise<void> };

const HOUR_MS = 60 * 60 * 1000;

/** Sweeps the cluster, and cleans up old images as often as the policy says, if it says so. */
export function cleanUpChores(ports: CleanUpPorts): Chore[] {
  const { policy, log } = ports;
  const sweeping = {
    everyMs: HOUR_MS,
    task: attempt("sweeping", () => sweep(ports, { isDryRun: false })),
  };
  if (policy.everySeconds === undefined) return [sweeping];
  return [sweeping, { everyMs: policy.everySeconds * 1000, task: attempt("clean-up", cleanUpImages) }];

  async function cleanUpImages(): Promise<void> {
    const report = await cleanUp(ports, { isDryRun: !policy.delete });
    const { isDryRun, freedBytes, refusal, paths } = report;
    const count = (list: "gone" | "kept" | "failed") =>
      paths.reduce((sum, path) => sum + path[list].length, 0);
    const counts = { gone: count("gone"), kept: count("kept"), failed: count("failed") };
    if (refusal !== undefined) log.warn({ refusal, ...counts }, "old images not removed");
    else log.info({ isDryRun, freedBytes, ...counts }, "old images looked at");
  }

  function attempt(what: string, work: () => Promise<unknown>): Chore["task"] {
    return async (stop) => {
      await work().catch((error: unknown) => {
        if (!stop.aborted) log.warn({ err: error }, `${what} failed, and is tried again in time`);
      });
    };
  }
}
