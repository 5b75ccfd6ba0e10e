import type { Sql } from "../connections/sql.ts";
import type { HistoryStore } from "./history-store.ts";
import { toSqlJson } from "./sql-json.ts";

/** Notes in PostgreSQL or PGlite. */
export function createSqlNotes(sql: Sql): Pick<HistoryStore, "note" | "changeNote"> {
  return {
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
        [
          thread,
          noteId ?? null,
          Date.now(),
          toSqlJson(answers.map(([comment, answer]) => ({ comment, answer }))),
        ],
      );
      await sql.query(
        `DELETE FROM history_answer WHERE thread = $1 AND comment IN
           (SELECT comment FROM history_answer WHERE thread = $1 ORDER BY at DESC, comment DESC OFFSET $2)`,
        [thread, most],
      );
    },
  };
}
