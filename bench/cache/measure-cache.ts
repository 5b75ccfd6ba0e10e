import { setTimeout as sleep } from "node:timers/promises";
import type { Bench } from "../bench.ts";
import { pushToBot } from "../push/bot-push.ts";
import { installing } from "../push/samples.ts";
import { watchNamespace } from "../push/watch-namespace.ts";
import { seconds } from "../report/format-figure.ts";
import type { SectionReport, Table } from "../report/section-report.ts";
import { openScene } from "../scene/open-scene.ts";
import { median } from "../statistics.ts";
import { withDeadline } from "../with-deadline.ts";

/** Milliseconds from the accepted push to the completed check. */
type Pair = { first: number; second: number };

const REST_MS = 500;
const TIDY_MS = 60_000;

/** What the layer cache saves: a push that changes what is installed, and then one that changes only what comes after it. */
export async function measureCache(bench: Bench): Promise<SectionReport> {
  const rounds = bench.quick ? 1 : 5;
  const pairs = await pushPairs(bench, rounds);
  return {
    title: `A second build with the layer cache, against the first (${rounds} of each, in turn)`,
    goals: [
      {
        what: "the second build, as a share of the first one's time",
        measured: median(pairs.map(({ first, second }) => second / first)),
        atMost: 0.5,
        unit: "times",
      },
    ],
    tables: [pairTable(pairs)],
    figures: { pairs },
  };
}

async function pushPairs(bench: Bench, rounds: number): Promise<Pair[]> {
  const cluster = await bench.cluster();
  await using cleanUp = bench.openCleanUp();
  const scene = await openScene(cluster, cleanUp);
  const watch = await watchNamespace(scene.namespace, cleanUp);
  const base = cluster.baseImage.replace(cluster.registry.pull, cluster.registry.push);
  const repository = await scene.github.createRepository({ owner: "acme", name: "cached" });
  const pairs: Pair[] = [];
  // The first pair warms both up.
  for (let round = 0; round <= rounds; round += 1) {
    const first = await push(`packages ${round}`, `main ${round}`);
    const second = await push(`packages ${round}`, `main ${round}, changed`);
    if (round > 0) pairs.push({ first, second });
    bench.progress(`cache ${round}/${rounds}: first ${seconds(first)}, second ${seconds(second)}`);
  }
  return pairs;

  async function push(packages: string, main: string): Promise<number> {
    const { stages } = await pushToBot(scene, watch, repository, installing(base, packages, main));
    await withDeadline(
      scene.namespace.untilEmpty(),
      TIDY_MS,
      "the last build to be removed from the cluster",
    );
    await sleep(REST_MS);
    return stages.reported - stages.accepted;
  }
}

function pairTable(pairs: readonly Pair[]): Table {
  const row = (what: string, values: number[]) => [
    what,
    ...[median(values), Math.min(...values), Math.max(...values)].map(seconds),
  ];
  return {
    title: "From the accepted push to the completed check",
    columns: ["", "median", "fastest", "slowest"],
    rows: [
      row(
        "first: the step that installs runs",
        pairs.map(({ first }) => first),
      ),
      row(
        "second: its layer comes from the cache",
        pairs.map(({ second }) => second),
      ),
    ],
  };
}
