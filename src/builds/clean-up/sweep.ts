import type { Logger } from "pino";
import type { Leftovers } from "../../builders/leftovers.ts";
import type { SweptObject } from "../../core/clean-up/clean-up-report.ts";
import { decideSweep } from "../../core/clean-up/decide-sweep.ts";
import type { History } from "../../history/history.ts";

export type SweepPorts = {
  history: Pick<History, "get">;
  leftovers: Leftovers;
  now: () => number;
  log: Logger;
};

/** Removes what builds left in the cluster and nobody will come back for; or, of a dry run, only tells of it. */
export async function sweep(
  { history, leftovers, now, log }: SweepPorts,
  { isDryRun }: { isDryRun: boolean },
): Promise<SweptObject[]> {
  const swept: SweptObject[] = [];
  for (const leftover of await leftovers.list()) {
    const { kind, name, buildId } = leftover;
    const why = decideSweep(leftover, buildId && (await history.get(buildId)), now());
    if (why === undefined) continue;
    if (!isDryRun) {
      await leftovers.remove(leftover);
      log.info({ kind, name, why }, "abandoned object removed from the cluster");
    }
    swept.push({ kind, name, why });
  }
  return swept;
}
