import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { DEFAULT_SCHEMA as schema } from "bullmq";
import type { Logger } from "pino";
import { lockFolder } from "../connections/folder-lock.ts";
import { openPglite } from "../connections/open-pglite.ts";
import { PglitePool } from "../connections/pglite-pool.ts";
import { reportErrors } from "../connections/report-errors.ts";
import { keepTidy } from "../connections/tidy-pglite.ts";
import type { Retention } from "../history/history-store.ts";
import { historyTables } from "../history/sql-schema.ts";
import { defaultTiming, type QueueTiming } from "../queue/queue-timing.ts";
import { openSqlServer } from "./sql-server.ts";
import { openStorageOn, type Storage } from "./storage.ts";

/** No other process can take what this one has: it is enough to write seldom that it still has it. */
const loneTiming: QueueTiming = { ...defaultTiming, lock: 60_000, stalledCheck: 60_000 };

/** Tables whose rows come and go: BullMQ's, and the history's. */
const busyTables = ["job", "event", "meta", ...historyTables];

export type EmbeddedStorageOptions = { dataFolder: string; timing?: QueueTiming; retention?: Retention };

/** Opens the storage within this process, its files in `<dataFolder>/queue`: no server to run, and for one process. */
export async function openEmbeddedStorage(
  { dataFolder, timing = loneTiming, retention }: EmbeddedStorageOptions,
  log: Logger,
): Promise<Storage> {
  const folder = join(dataFolder, "queue");
  const name = `the embedded storage in ${folder}`;
  const opened: (() => unknown)[] = [];
  const disconnect = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    opened.push(lockFolder(folder));
    const db = await openPglite(folder);
    opened.push(() => db.close());
    await db.exec(`SET search_path TO ${schema}`);
    const pool = new PglitePool(db);
    const server = await openSqlServer({ name, pool, schema, isAlone: true, disconnect });
    opened.push(await keepTidy(db, busyTables, reportErrors(log, name)));
    return await openStorageOn(server, timing, retention, log);
  } catch (error) {
    await disconnect();
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`opening ${name}, ${remedy}: ${cause}`, { cause: error });
  }
}

const remedy = "which one process can use at a time (several share a storage through REDIS_URL)";
