import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import type { History } from "../../src/history/history.ts";
import { openStorage, type StorageSettings } from "../../src/storage/open-storage.ts";
import { startRedis } from "../../test/harness/redis-server.ts";
import type { Bench } from "../bench.ts";
import type { CleanUp } from "../clean-up.ts";
import type { SectionReport } from "../report/section-report.ts";
import { median, quantile } from "../statistics.ts";
import { historyTable } from "./history-table.ts";
import { keptBuild } from "./kept-build.ts";
import { lookUpsIn } from "./look-ups.ts";

const BUILDS = 10_000;
const AT_ONCE = 50;
const GOAL_MS = 50;

/** Times in milliseconds. */
export type LookUpFigures = { what: string; median: number; p99: number; slowest: number };
export type PlaceFigures = { place: string; addedPerSecond: number; lookUps: LookUpFigures[] };

/** How long it takes to look builds up among many. */
export async function measureHistory(bench: Bench): Promise<SectionReport> {
  const repeats = bench.quick ? 10 : 200;
  const places = [
    await measurePlace(bench, "Redis", repeats, async (cleanUp) => {
      const redis = await startRedis({ appendfsync: "everysec" });
      cleanUp.defer(() => redis.dispose());
      return { redisUrl: redis.url };
    }),
    await measurePlace(bench, "embedded", repeats, async () => ({})),
  ];
  return {
    title: `History: looking builds up among ${BUILDS.toLocaleString("en")}, ${repeats} × each`,
    goals: places.map(({ place, lookUps }) => ({
      what: `the slowest kind of look-up among ${BUILDS} builds, p99, ${place}`,
      measured: Math.max(...lookUps.map(({ p99 }) => p99)),
      atMost: GOAL_MS,
      unit: "ms",
    })),
    tables: places.map(historyTable),
    figures: { builds: BUILDS, repeats, places },
  };
}

async function measurePlace(
  bench: Bench,
  place: string,
  repeats: number,
  open: (cleanUp: CleanUp) => Promise<Pick<StorageSettings, "redisUrl">>,
): Promise<PlaceFigures> {
  await using cleanUp = bench.openCleanUp();
  const dataFolder = await mkdtemp(join(tmpdir(), "pushwright-bench-"));
  cleanUp.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const storage = await openStorage({ ...(await open(cleanUp)), dataFolder }, pino({ level: "silent" }));
  cleanUp.defer(() => storage.close());
  const { history } = storage;
  bench.progress(`history: keeping ${BUILDS} builds, ${place}`);
  const added = await timed(() => fill(history));
  const lookUps: LookUpFigures[] = [];
  for (const { what, look } of await lookUpsIn(history, BUILDS)) {
    const times: number[] = [];
    while (times.length < repeats) times.push(await timed(look));
    lookUps.push({
      ...{ what, median: median(times) },
      ...{ p99: quantile(times, 0.99), slowest: Math.max(...times) },
    });
  }
  return { place, addedPerSecond: (BUILDS / added) * 1000, lookUps };
}

async function fill(history: History): Promise<void> {
  for (let first = 0; first < BUILDS; first += AT_ONCE) {
    const numbers = Array.from({ length: AT_ONCE }, (_, place) => first + place);
    await Promise.all(numbers.map((number) => history.add(keptBuild(number))));
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
