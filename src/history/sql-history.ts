import type { Sql } from "../connections/sql.ts";
import type { HistoryStore, KeptBuild, RecordFields } from "./history-store.ts";
import { columns, sqlConditionOf } from "./sql-conditions.ts";
import { toSqlJson } from "./sql-json.ts";
import { createSqlNotes } from "./sql-notes.ts";
import { sweepSql } from "./sql-sweep.ts";

/** Builds and notes in PostgreSQL or PGlite, in the tables that `makeHistoryTables` makes. */
export function createSqlHistoryStore(sql: Sql): HistoryStore {
  return {
    ...createSqlNotes(sql),

    async add({ acceptedAt, id }, marks, { fields, state, logTail }) {
      const marked = Object.entries(columns).map(([mark]) => marks[mark as keyof typeof columns] ?? null);
      const { rows } = await sql.query(
        `INSERT INTO history_build (id, accepted_at, state, fields, log_tail, ${Object.values(columns)})
         VALUES ($1, $2, $3, $4, $5, ${marked.map((_, index) => `$${index + 6}`)})
         ON CONFLICT DO NOTHING RETURNING id`,
        [id, acceptedAt, state, toSqlJson(fields), toSqlJson(logTail), ...marked],
      );
      return rows.length > 0;
    },

    async change(id, { fields, state, logTail }) {
      const { rows } = await sql.query(
        `UPDATE history_build
         SET fields = fields || $2::jsonb, state = COALESCE($3, state), log_tail = COALESCE($4::jsonb, log_tail)
         WHERE id = $1 RETURNING id, accepted_at, fields, log_tail`,
        [id, toSqlJson(fields), state ?? null, toSqlJson(logTail)],
      );
      return rows.map(toKeptBuild)[0];
    },

    async cancel(id, cancellation) {
      const { rows } = await sql.query(
        `UPDATE history_build SET fields = fields || jsonb_build_object('cancellation', $2::jsonb)
         WHERE id = $1 AND state <> 'completed' AND fields -> 'cancellation' IS NULL RETURNING id`,
        [id, toSqlJson(cancellation)],
      );
      return rows.length > 0;
    },

    async get(id) {
      const { rows } = await sql.query(
        "SELECT id, accepted_at, fields, log_tail FROM history_build WHERE id = $1",
        [id],
      );
      return rows.map(toKeptBuild)[0];
    },

    async list(conditions, size, after) {
      const { where, values } = sqlConditionOf(conditions, { after });
      const { rows } = await sql.query(
        `SELECT id, accepted_at, fields FROM history_build ${where}
         ORDER BY accepted_at DESC, id DESC LIMIT $${values.length + 1}`,
        [...values, size],
      );
      return rows.map(toKeptBuild);
    },

    async count(conditions, before) {
      const { where, values } = sqlConditionOf(conditions, { before });
      const { rows } = await sql.query(`SELECT count(*)::int AS builds FROM history_build ${where}`, values);
      return rows[0].builds;
    },

    async cancellations(ids) {
      const { rows } = await sql.query(
        `SELECT id, fields -> 'cancellation' AS cancellation FROM history_build
         WHERE id = ANY ($1) AND state <> 'completed' AND fields -> 'cancellation' IS NOT NULL`,
        [ids],
      );
      return new Map(rows.map(({ id, cancellation }) => [id, cancellation]));
    },

    sweep: (retention, now) => sweepSql(sql, retention, now),
  };
}

type Row = { id: string; accepted_at: number; fields: RecordFields; log_tail?: unknown };

function toKeptBuild({ id, accepted_at, fields, log_tail }: Row): KeptBuild {
  return { at: { acceptedAt: accepted_at, id }, fields, ...(log_tail ? { logTail: log_tail } : {}) };
}
