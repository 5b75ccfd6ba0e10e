import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";

/** Opens connections to a PostgreSQL, which is waited for until `deadline` (milliseconds since 1970). */
export async function openPostgresPool(
  databaseUrl: string,
  schema: string,
  deadline: number,
): Promise<pg.Pool> {
  await untilConnected(databaseUrl, deadline);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: `-c search_path=${schema}`,
    // Two of them wait for notifications.
    max: 12,
    keepAlive: true,
    connectionTimeoutMillis: 2_000,
    query_timeout: 10_000,
  });
  // Those that use the pool hear of errors where they matter; without a listener one would end the process.
  return pool.on("error", () => {});
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
