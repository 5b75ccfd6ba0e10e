import type { PGlite } from "@electric-sql/pglite";

const hour = 60 * 60 * 1000;

/**
 * Does now and every hour what PostgreSQL's autovacuum and checkpointer do elsewhere: PGlite is PostgreSQL's
 * single-user mode, which has neither, so that tables and log would grow for as long as it runs.
 * https://www.postgresql.org/docs/current/app-postgres.html
 */
export async function keepTidy(
  db: PGlite,
  tables: readonly string[],
  report: (error: Error) => void,
): Promise<() => void> {
  const tidy = async () => {
    await db.exec(`VACUUM (ANALYZE) ${tables.join(", ")}`);
    await db.exec("CHECKPOINT");
  };
  await tidy();
  const timer = setInterval(() => tidy().catch(report), hour);
  timer.unref();
  return () => clearInterval(timer);
}
