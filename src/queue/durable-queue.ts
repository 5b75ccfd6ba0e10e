import type { Logger } from "pino";
import { type Ask, answerDeadline, askServer } from "../connections/ask-server.ts";
import { reportErrors } from "../connections/report-errors.ts";
import { withDeadline } from "../connections/with-deadline.ts";
import { toStorableText } from "../core/plain-text.ts";
import type { EntryKind } from "./entry-kind.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { mostTries, type QueueTiming } from "./queue-timing.ts";
import { QueueWorker } from "./queue-worker.ts";
import type { EntryHandler } from "./taken-entry.ts";
import { makeUniqueName } from "./unique-name.ts";

/** A queue on BullMQ, on any of its backends, of entries of any kind. */
export class DurableQueue<Entry> {
  readonly #kind: EntryKind<Entry>;
  readonly #backend: QueueBackend;
  readonly #timing: QueueTiming;
  readonly #log: Logger;
  readonly #ask: Ask;
  #worker: QueueWorker<Entry> | undefined;
  #closed: Promise<void> | undefined;

  constructor(kind: EntryKind<Entry>, backend: QueueBackend, timing: QueueTiming, log: Logger) {
    this.#kind = kind;
    this.#backend = backend;
    this.#timing = timing;
    this.#log = log;
    this.#ask = askServer(backend, () =>
      this.#closed ? `the queue of ${kind.queueName} is closed` : undefined,
    );
    backend.queue.on("error", reportErrors(log, backend.name));
  }

  /** Entries of a lower `priority` (0 to 2,097,151) are taken first; those of the same in the order of their coming. */
  async add(entry: Entry, priority = 0): Promise<"queued" | "known"> {
    const id = this.#kind.idOf(entry);
    const options = {
      jobId: id,
      priority,
      attempts: mostTries,
      backoff: { type: "custom" },
      stackTraceLimit: 1,
    };
    const name = toStorableText(makeUniqueName(this.#kind.nameOf(entry)));
    const queueJob = await this.#ask(`enqueueing ${this.#kind.noun} ${id}`, () =>
      this.#backend.queue.add(name, toStorableText(entry), options),
    );
    return queueJob.id === id ? "queued" : "known";
  }

  /** Has an entry that waits for its next try taken at once. Any other stays as it is. */
  async hasten(id: string): Promise<void> {
    await this.#ask(`hastening ${this.#kind.noun} ${id}`, async () => {
      const queueJob = await this.#backend.queue.getJob(id);
      if (!(await queueJob?.isDelayed())) return;
      await queueJob?.promote().catch(async (error: unknown) => {
        // Its time came in between.
        if (await queueJob.isDelayed()) throw error;
      });
    });
  }

  async process(handler: EntryHandler<Entry>, concurrency: number): Promise<void> {
    if (this.#worker) {
      throw new Error(`the queue's ${this.#kind.queueName} are being processed already: call process() once`);
    }
    this.#worker = new QueueWorker(this.#kind, this.#backend, handler, concurrency, this.#timing, this.#log);
    await this.#worker.start();
  }

  ping(): Promise<void> {
    return this.#ask("asking the queue", () => this.#backend.ping());
  }

  /** The connections that are not this queue's alone stay open. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    const stopWatching = this.#watchClosing();
    try {
      await this.#worker?.close();
      await this.#backend.queue.close();
    } finally {
      stopWatching();
      this.#backend.disconnect();
    }
  }

  /** Handlers may take their time; what waits for a server that is away, or was, might wait for ever. */
  #watchClosing(): () => void {
    let idleLooks = 0;
    const watch = setInterval(async () => {
      idleLooks = this.#worker?.busy ? 0 : idleLooks + 1;
      if (idleLooks < 2 && (await this.#isThere())) return;
      clearInterval(watch);
      this.#log.warn({ backend: this.#backend.name }, "closing the queue without waiting for its server");
      this.#backend.abandon();
    }, answerDeadline + 500);
    return () => clearInterval(watch);
  }

  async #isThere(): Promise<boolean> {
    return withDeadline(this.#backend.ping(), answerDeadline).then(
      () => true,
      () => false,
    );
  }
}
