import type { PGlite } from "@electric-sql/pglite";
import { DEFAULT_SCHEMA } from "bullmq";

const hour = 60 * 60 * 1000;

/**
 * Does now and every hour what PostgreSQL's autovacuum and checkpointer do elsewhere: PGlite is PostgreSQL's
 * single-user mode, which has neither, so that tables and log would grow for as long as it runs.
 * https://www.postgresql.org/docs/current/app-postgres.html
 */
export async function keepTidy(db: PGlite, report: (error: Error) => void): Promise<() => void> {
  await tidy(db);
  const timer = setInterval(() => tidy(db).catch(report), hour);
  timer.unref();
  return () => clearInterval(timer);
}

async function tidy(db: PGlite): Promise<void> {
  await db.exec(`VACUUM ${["job", "event", "meta"].map((table) => `${DEFAULT_SCHEMA}.${table}`)}`);
  await db.exec("CHECKPOINT");
}
