import { EventEmitter } from "node:events";
import type { PGlite } from "@electric-sql/pglite";

// biome-ignore lint/suspicious/noExplicitAny: rows are what BullMQ's statements make them
type Answer = { rows: any[] };

/**
 * The part of node-postgres' pool that BullMQ uses, on a PGlite in this process. A socket between them would give
 * every connection PGlite's one session, where a notification goes to whoever asks next instead of to who listens.
 */
export class PglitePool extends EventEmitter {
  /** Tells BullMQ that it would notice the end of a connection: there is none to end. */
  readonly options = { keepAlive: true };
  readonly #db: PGlite;

  constructor(db: PGlite) {
    super();
    this.#db = db;
  }

  query(text: string, params?: readonly unknown[]): Promise<Answer> {
    return query(this.#db, text, params);
  }

  async connect(): Promise<PgliteClient> {
    return new PgliteClient(this.#db);
  }

  async end(): Promise<void> {}
}

class PgliteClient extends EventEmitter {
  readonly #db: PGlite;
  readonly #unlisten: () => void;

  constructor(db: PGlite) {
    super();
    this.#db = db;
    this.#unlisten = db.onNotification((channel, payload) => this.emit("notification", { channel, payload }));
  }

  query(text: string, params?: readonly unknown[]): Promise<Answer> {
    return query(this.#db, text, params);
  }

  release(): void {
    this.#unlisten();
  }
}

/** Without parameters, a text may hold several statements: the answer is the last one's. */
async function query(db: PGlite, text: string, params?: readonly unknown[]): Promise<Answer> {
  if (params) return db.query(text, [...params]);
  const answers = await db.exec(text);
  return answers.at(-1) ?? { rows: [] };
}
