import type { Sql } from "../connections/sql.ts";

export const historyTables = ["history_build", "history_answer", "history_note"] as const;

/**
 * Makes the tables in the connection's first schema unless they are there. The statements are sent as one text, which is
 * one transaction, and processes that start at once wait for each other: two CREATE … IF NOT EXISTS side by side fail.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT
 */
export async function makeHistoryTables(sql: Sql): Promise<void> {
  await sql.query(`
    SELECT pg_advisory_xact_lock(hashtext('pushwright.history'), hashtext(current_schema()));

    CREATE TABLE IF NOT EXISTS history_build (
      id           text COLLATE "C" PRIMARY KEY,
      accepted_at  double precision NOT NULL,
      state        text NOT NULL,
      repository   text NOT NULL,
      branch       text,
      commit       text NOT NULL,
      pull_request text,
      image_path   text NOT NULL,
      fields       jsonb NOT NULL,
      log_tail     jsonb
    );
    ALTER TABLE history_build ALTER fields SET STATISTICS 0, ALTER log_tail SET STATISTICS 0;
    CREATE INDEX IF NOT EXISTS history_build_by_time ON history_build (accepted_at, id);
    CREATE INDEX IF NOT EXISTS history_build_by_state ON history_build (state, accepted_at, id);
    CREATE INDEX IF NOT EXISTS history_build_by_repository ON history_build (repository, accepted_at, id);
    CREATE INDEX IF NOT EXISTS history_build_by_branch ON history_build (branch, accepted_at, id);
    CREATE INDEX IF NOT EXISTS history_build_by_commit ON history_build (commit, accepted_at, id);
    CREATE INDEX IF NOT EXISTS history_build_by_pull_request ON history_build (pull_request, accepted_at, id);
    CREATE INDEX IF NOT EXISTS history_build_by_image_path ON history_build (image_path, accepted_at, id);

    CREATE TABLE IF NOT EXISTS history_note (
      thread     text PRIMARY KEY,
      note_id    text,
      changed_at double precision NOT NULL
    );
    CREATE INDEX IF NOT EXISTS history_note_by_time ON history_note (changed_at);

    CREATE TABLE IF NOT EXISTS history_answer (
      thread  text REFERENCES history_note ON DELETE CASCADE,
      comment text,
      at      double precision NOT NULL,
      answer  jsonb NOT NULL,
      PRIMARY KEY (thread, comment)
    );
  `);
}
