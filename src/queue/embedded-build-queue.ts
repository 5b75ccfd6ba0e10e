import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { DEFAULT_SCHEMA, runMigrations } from "bullmq";
import type { Logger } from "pino";
import type { BuildQueue } from "./build-queue.ts";
import { BullmqBuildQueue } from "./bullmq-build-queue.ts";
import { lockFolder } from "./folder-lock.ts";
import { openPglite } from "./open-pglite.ts";
import { PglitePool } from "./pglite-pool.ts";
import { openPostgresQueue, type PostgresQueue, toPostgresBackend } from "./postgres-queue.ts";
import { defaultTiming, type QueueTiming } from "./queue-timing.ts";
import { reportErrors } from "./report-errors.ts";
import { keepTidy } from "./tidy-pglite.ts";

/** No other process can take a build: it is enough to write seldom that this one still has it. */
const loneTiming: QueueTiming = { ...defaultTiming, lock: 60_000, stalledCheck: 60_000 };

export type EmbeddedBuildQueueOptions = { dataFolder: string; timing?: QueueTiming };

/** Opens the queue within this process, its files in `<dataFolder>/queue`: no server to run, and for one process. */
export async function openEmbeddedBuildQueue(
  { dataFolder, timing = loneTiming }: EmbeddedBuildQueueOptions,
  log: Logger,
): Promise<BuildQueue> {
  const folder = join(dataFolder, "queue");
  const name = `the embedded queue in ${folder}`;
  const opened: (() => unknown)[] = [];
  const closeOpened = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    opened.push(lockFolder(folder));
    const db = await openPglite(folder);
    opened.push(() => db.close());
    const pool = await openPool(db);
    opened.push(await keepTidy(db, reportErrors(log, name)));
    const queue = await openPostgresQueue(pool);
    await freeTakenBuilds(queue);
    return new BullmqBuildQueue(toPostgresBackend(name, queue, pool, closeOpened), timing, log);
  } catch (error) {
    await closeOpened();
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`opening ${name}, ${remedy}: ${cause}`, { cause: error });
  }
}

const remedy = "which one process can use at a time (several share a queue through REDIS_URL)";

async function openPool(db: PGlite): Promise<PglitePool> {
  const pool = new PglitePool(db);
  await runMigrations(pool, DEFAULT_SCHEMA);
  await pool.query(`SET search_path TO ${DEFAULT_SCHEMA}`);
  return pool;
}

/** What is taken was taken by a process that died, for this one has the folder to itself: no lock need run out. */
async function freeTakenBuilds(queue: PostgresQueue): Promise<void> {
  const anyHolder = "0";
  for (const queueJob of await queue.getActive()) await queueJob.moveToWait(anyHolder);
}
