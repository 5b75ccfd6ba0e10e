import { PGlite } from "@electric-sql/pglite";
import { pino } from "pino";
import { afterAll, beforeAll, describe } from "vitest";
import { PglitePool } from "../../../src/connections/pglite-pool.ts";
import { createHistory } from "../../../src/history/durable-history.ts";
import { createSqlHistoryStore } from "../../../src/history/sql-history.ts";
import { historyTables, makeHistoryTables } from "../../../src/history/sql-schema.ts";
import { describeHistory } from "../../contract/history.ts";

describe("the history in PGlite", () => {
  let db: PGlite;
  beforeAll(async () => {
    db = await PGlite.create();
    const pool = new PglitePool(db);
    await makeHistoryTables(pool);
    await makeHistoryTables(pool);
  });
  afterAll(() => db.close());

  const openPlace = async () => {
    const pool = new PglitePool(db);
    const server = { name: "PGlite", ping: async () => {}, reconnect() {} };
    return {
      open: async () => ({
        history: createHistory(createSqlHistoryStore(pool), server, () => false, pino({ level: "silent" })),
        close: async () => {},
      }),
      async dispose() {
        await db.exec(`TRUNCATE ${historyTables}`);
      },
    };
  };
  describeHistory(openPlace, { shared: true });
});
