import type { Sql } from "../connections/sql.ts";
import type { HistoryStore, KeptBuild, RecordFields } from "./history-store.ts";
import { columns, sqlConditionOf } from "./sql-conditions.ts";
import { sweepSql } from "./sql-sweep.ts";

/** Builds and notes in PostgreSQL or PGlite, in the tables that `makeHistoryTables` makes. */
export function createSqlHistoryStore(sql: Sql): HistoryStore {
  return {
    async add({ acceptedAt, id }, marks, { fields, state, logTail }) {
      const marked = Object.entries(columns).map(([mark]) => marks[mark as keyof typeof columns] ?? null);
      const { rows } = await sql.query(
        `INSERT INTO history_build (id, accepted_at, state, fields, log_tail, ${Object.values(columns)})
         VALUES ($1, $2, $3, $4, $5, ${marked.map((_, index) => `$${index + 6}`)})
         ON CONFLICT DO NOTHING RETURNING id`,
        [id, acceptedAt, state, json(fields), json(logTail), ...marked],
      );
      return rows.length > 0;
    },

    async change(id, { fields, state, logTail }) {
      const { rows } = await sql.query(
        `UPDATE history_build
         SET fields = fields || $2::jsonb, state = COALESCE($3, state), log_tail = COALESCE($4::jsonb, log_tail)
         WHERE id = $1 RETURNING id, accepted_at, fields, log_tail`,
        [id, json(fields), state ?? null, json(logTail)],
      );
      return rows.map(toKeptBuild)[0];
    },

    async cancel(id, cancellation) {
      const { rows } = await sql.query(
        `UPDATE history_build SET fields = fields || jsonb_build_object('cancellation', $2::jsonb)
         WHERE id = $1 AND state <> 'completed' AND fields -> 'cancellation' IS NULL RETURNING id`,
        [id, json(cancellation)],
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

    async note(thread) {
      const { rows } = await sql.query(
        `SELECT note_id, comment, answer FROM history_note LEFT JOIN history_answer USING (thread)
         WHERE thread = $1`,
        [thread],
      );
      const noteId: string | null | undefined = rows[0]?.note_id;
      const answers = rows.flatMap(({ comment, answer }) => (comment === null ? [] : [[comment, answer]]));
      return { ...(noteId ? { noteId } : {}), answers: new Map(answers as [string, unknown][]) };
    },

    async changeNote(thread, answers, noteId, most) {
      await sql.query(
        `WITH note AS (
           INSERT INTO history_note (thread, note_id, changed_at) VALUES ($1, $2, $3)
           ON CONFLICT (thread) DO UPDATE
           SET note_id = COALESCE($2, history_note.note_id), changed_at = EXCLUDED.changed_at
         )
         INSERT INTO history_answer (thread, comment, at, answer)
         SELECT $1, comment, (answer ->> 'at')::double precision, answer
         FROM jsonb_to_recordset($4::jsonb) AS answers (comment text, answer jsonb)
         ON CONFLICT (thread, comment) DO UPDATE SET at = EXCLUDED.at, answer = EXCLUDED.answer`,
        [thread, noteId ?? null, Date.now(), json(answers.map(([comment, answer]) => ({ comment, answer })))],
      );
      await sql.query(
        `DELETE FROM history_answer WHERE thread = $1 AND comment IN
           (SELECT comment FROM history_answer WHERE thread = $1 ORDER BY at DESC, comment DESC OFFSET $2)`,
        [thread, most],
      );
    },

    sweep: (retention, now) => sweepSql(sql, retention, now),
  };
}

type Row = { id: string; accepted_at: number; fields: RecordFields; log_tail?: unknown };

function toKeptBuild({ id, accepted_at, fields, log_tail }: Row): KeptBuild {
  return { at: { acceptedAt: accepted_at, id }, fields, ...(log_tail ? { logTail: log_tail } : {}) };
}

/** node-postgres would make a PostgreSQL array of a list. */
function json(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
