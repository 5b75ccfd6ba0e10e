import type { Logger } from "pino";
import { answerDeadline } from "../connections/ask-server.ts";
import { openPostgresPool } from "../connections/open-postgres-pool.ts";
import { withDeadline } from "../connections/with-deadline.ts";
import type { Retention } from "../history/history-store.ts";
import { defaultTiming, type QueueTiming } from "../queue/queue-timing.ts";
import { openSqlServer, type SqlPlace } from "./sql-server.ts";
import { openStorageOn, type Storage } from "./storage.ts";

export type PostgresStorageOptions = {
  databaseUrl: string;
  schema?: string;
  timing?: QueueTiming;
  retention?: Retention;
};

/** Opens the storage in a PostgreSQL, which several processes may share. Waits a while for it to be there. */
export async function openPostgresStorage(
  { databaseUrl, schema = "pushwright", timing = defaultTiming, retention }: PostgresStorageOptions,
  log: Logger,
): Promise<Storage> {
  const name = namePostgres(databaseUrl);
  let disconnect = async () => {};
  try {
    const pool = await openPostgresPool(databaseUrl, schema, Date.now() + timing.opening);
    // What a silent server never answers need not be waited for.
    disconnect = () => withDeadline(pool.end(), answerDeadline).catch(() => {});
    // BullMQ names the same methods in types of its own.
    const place = { name, pool: pool as unknown as SqlPlace["pool"], schema, isAlone: false, disconnect };
    const server = await openSqlServer(place);
    return await openStorageOn(server, timing, retention, log);
  } catch (error) {
    await disconnect();
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(
      `opening the storage: ${name}: ${cause}. Is DATABASE_URL right, PostgreSQL running, and may its user create the schema ${schema}?`,
      { cause: error },
    );
  }
}

function namePostgres(databaseUrl: string): string {
  const parsed = URL.parse(databaseUrl);
  if (parsed) return `PostgreSQL at ${parsed.host}${parsed.pathname}`;
  throw new Error(
    "opening the storage: DATABASE_URL is no URL; one looks like postgres://user@host:5432/database",
  );
}
