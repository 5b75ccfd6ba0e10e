import type { Sql } from "../connections/sql.ts";
import type { Retention } from "./history-store.ts";

const day = 24 * 60 * 60 * 1000;
/** Removed by one statement: short enough to hold nobody up. */
const batch = 500;

export async function sweepSql(sql: Sql, { builds, days }: Retention, now: number): Promise<void> {
  const oldest = now - days * day;
  for (let removed = batch; removed === batch; ) {
    const { rows } = await sql.query(
      `WITH surplus AS (
         SELECT accepted_at, id FROM history_build ORDER BY accepted_at DESC, id DESC OFFSET $2 LIMIT 1
       )
       DELETE FROM history_build WHERE id IN (
         SELECT id FROM history_build
         WHERE state NOT IN ('queued', 'running')
           AND (accepted_at < $1 OR (accepted_at, id) <= (SELECT accepted_at, id FROM surplus))
         ORDER BY accepted_at, id LIMIT $3
       ) RETURNING id`,
      [oldest, builds, batch],
    );
    removed = rows.length;
  }
  await sql.query("DELETE FROM history_note WHERE changed_at < $1", [oldest]);
}
