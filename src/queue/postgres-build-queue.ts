import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import type { BuildQueue } from "./build-queue.ts";
import { BullmqBuildQueue } from "./bullmq-build-queue.ts";
import { openPostgresQueue, toPostgresBackend } from "./postgres-queue.ts";
import { defaultTiming, type QueueTiming } from "./queue-timing.ts";

export type PostgresBuildQueueOptions = { databaseUrl: string; schema?: string; timing?: QueueTiming };

/** Opens the queue in a PostgreSQL, which several processes may share. Waits a while for it to be there. */
export async function openPostgresBuildQueue(
  { databaseUrl, schema = "pushwright", timing = defaultTiming }: PostgresBuildQueueOptions,
  log: Logger,
): Promise<BuildQueue> {
  const name = namePostgres(databaseUrl);
  const connection = {
    connectionString: databaseUrl,
    schema,
    migrate: true,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
    query_timeout: 10_000,
  };
  try {
    await untilConnected(databaseUrl, Date.now() + timing.opening);
    const queue = await openPostgresQueue(connection);
    return new BullmqBuildQueue(
      toPostgresBackend(name, queue, connection, async () => {}),
      timing,
      log,
    );
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(
      `opening the queue: ${name}: ${cause}. Is DATABASE_URL right, PostgreSQL running, and may its user create the schema ${schema}?`,
      { cause: error },
    );
  }
}

async function untilConnected(databaseUrl: string, deadline: number): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT 1");
  } catch (error) {
    if (Date.now() > deadline) throw error;
    await wait(500);
    return untilConnected(databaseUrl, deadline);
  } finally {
    await client.end().catch(() => {});
  }
}

function namePostgres(databaseUrl: string): string {
  const parsed = URL.parse(databaseUrl);
  if (parsed) return `PostgreSQL at ${parsed.host}${parsed.pathname}`;
  throw new Error(
    "opening the queue: DATABASE_URL is no URL; one looks like postgres://user@host:5432/database",
  );
}
