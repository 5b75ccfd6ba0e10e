import {
  ensureLocalCluster,
  type LocalCluster,
  stopLocalCluster,
} from "../test/local-cluster/local-cluster.ts";
import type { Bench } from "./bench.ts";
import type { Options, SectionName } from "./options.ts";
import type { SectionReport } from "./report/section-report.ts";
import { SECTIONS } from "./sections.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Measures what was asked for, one thing after the other, and clears up after it whatever happens. */
export async function runSections({ only, quick }: Options): Promise<Map<SectionName, SectionReport>> {
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  await using cleanUp = new AsyncDisposableStack();
  for (const signal of SIGNALS) {
    process.once(signal, async () => {
      progress(`${signal}: clearing up`);
      await cleanUp.disposeAsync();
      process.exit(130);
    });
  }

  let cluster: Promise<LocalCluster> | undefined;
  const bench: Bench = {
    quick,
    progress,
    cluster() {
      cluster ??= openCluster();
      return cluster;
    },
    openCleanUp: () => cleanUp.use(new AsyncDisposableStack()),
  };
  const reports = new Map<SectionName, SectionReport>();
  for (const name of only) {
    progress(`measuring: ${name}`);
    const measure = SECTIONS[name];
    if (measure) reports.set(name, await measure(bench));
  }
  return reports;

  async function openCluster(): Promise<LocalCluster> {
    const found = await ensureLocalCluster(progress);
    if (found.started) cleanUp.defer(() => stopLocalCluster({ progress }));
    return found;
  }
}
