import type { PgPool } from "bullmq";
import type { Sql } from "../connections/sql.ts";
import { createSqlHistoryStore } from "../history/sql-history.ts";
import { makeHistoryTables } from "../history/sql-schema.ts";
import { migrateQueues, openPostgresQueue } from "../queue/postgres-queue.ts";
import type { StorageServer } from "./storage.ts";

export type SqlPlace = {
  /** As errors name it, without a password. */
  name: string;
  /** Its `search_path` is the schema. */
  pool: PgPool & Sql;
  schema: string;
  /** No other process uses it. */
  isAlone: boolean;
  disconnect: () => Promise<void>;
};

/** Makes in a PostgreSQL that answers now whatever tables are missing. */
export async function openSqlServer(place: SqlPlace): Promise<StorageServer> {
  const { name, pool, schema, isAlone, disconnect } = place;
  const server = {
    name,
    async ping() {
      await pool.query("SELECT 1");
    },
    // The pool replaces connections by itself, and lets nothing wait without end.
    reconnect() {},
  };
  await migrateQueues(pool, schema);
  await makeHistoryTables(pool);
  return {
    ...server,
    openQueue: (queueName) => openPostgresQueue(queueName, server, { pool, schema }, isAlone),
    history: createSqlHistoryStore(pool),
    disconnect,
  };
}
