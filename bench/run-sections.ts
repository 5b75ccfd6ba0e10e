import { redisObstacle } from "../test/harness/redis-server.ts";
import {
  ensureLocalCluster,
  type LocalCluster,
  stopLocalCluster,
} from "../test/local-cluster/local-cluster.ts";
import type { Bench } from "./bench.ts";
import { CleanUp } from "./clean-up.ts";
import { interruption } from "./interruption.ts";
import type { Options, SectionName } from "./options.ts";
import type { SectionReport } from "./report/section-report.ts";
import { SECTIONS } from "./sections.ts";

/** Measures what was asked for, one thing after the other, and clears up after it whatever happens. */
export async function runSections({ only, quick }: Options): Promise<Map<SectionName, SectionReport>> {
  const obstacle = redisObstacle();
  if (obstacle) throw new Error(obstacle);
  const progress = (line: string) => process.stderr.write(`${line}\n`);
  const cleanUp = new CleanUp();
  let cluster: Promise<LocalCluster> | undefined;
  const bench: Bench = {
    quick,
    progress,
    cluster() {
      cluster ??= ensureLocalCluster(progress);
      return cluster;
    },
    openCleanUp: () => cleanUp.use(new CleanUp()),
  };
  try {
    return await Promise.race([measure(bench, only), interruption()]);
  } finally {
    progress("clearing up");
    // What the sections left is in the cluster, so that goes last.
    await cleanUp.disposeAsync().finally(() => stopOwnCluster(cluster, progress));
  }
}

async function measure(bench: Bench, only: readonly SectionName[]): Promise<Map<SectionName, SectionReport>> {
  const reports = new Map<SectionName, SectionReport>();
  for (const name of only) {
    bench.progress(`measuring: ${name}`);
    reports.set(name, await SECTIONS[name](bench));
  }
  return reports;
}

async function stopOwnCluster(
  cluster: Promise<LocalCluster> | undefined,
  progress: Bench["progress"],
): Promise<void> {
  const found = await cluster?.catch(() => undefined);
  if (found?.started) await stopLocalCluster({ progress });
}
