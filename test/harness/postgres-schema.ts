import { randomBytes } from "node:crypto";
import pg from "pg";

const databaseUrl = process.env.PUSHWRIGHT_TEST_DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres";

/** A schema of the test's own in a PostgreSQL that is there already. */
export type PostgresSchema = { databaseUrl: string; schema: string; drop(): Promise<void> };

/** Why there is no PostgreSQL to test with, if there is none. */
export async function postgresObstacle(): Promise<string | undefined> {
  try {
    await query("SELECT 1");
    return undefined;
  } catch (error) {
    const { host } = new URL(databaseUrl);
    const cause = error instanceof Error ? error.message : String(error);
    return `no PostgreSQL at ${host} (${cause}): set PUSHWRIGHT_TEST_DATABASE_URL`;
  }
}

/** Names a schema that is not there yet. */
export function namePostgresSchema(): PostgresSchema {
  const schema = `pushwright_test_${randomBytes(6).toString("hex")}`;
  return { databaseUrl, schema, drop: () => query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`) };
}

async function query(text: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await client.query(text);
  } finally {
    await client.end().catch(() => {});
  }
}
