import type { Logger } from "pino";
import { reportErrors } from "../connections/report-errors.ts";
import { EntryHold } from "./entry-hold.ts";
import type { EntryKind } from "./entry-kind.ts";
import type { QueueBackend, QueueWorkerBackend } from "./queue-backend.ts";
import { mostStalls, type QueueTiming, retention } from "./queue-timing.ts";
import { retryDelayOf } from "./retry-delay.ts";
import { runQueueJob } from "./run-queue-job.ts";
import type { EntryHandler } from "./taken-entry.ts";

/** Takes entries from a backend and gives them to a handler, until it is closed. */
export class QueueWorker<Entry> {
  readonly #worker: QueueWorkerBackend;
  readonly #report: (error: Error) => void;
  readonly #holds = new Map<string, EntryHold>();
  #closing = false;

  constructor(
    kind: EntryKind<Entry>,
    backend: QueueBackend,
    handler: EntryHandler<Entry>,
    concurrency: number,
    timing: QueueTiming,
    log: Logger,
  ) {
    this.#report = reportErrors(log, backend.name);
    this.#worker = backend.openWorker(
      (queueJob, token) =>
        this.#hold(String(queueJob.id), new EntryHold(kind.noun, timing.lock), (hold) =>
          runQueueJob(kind, queueJob, token, hold, handler, backend, log),
        ),
      {
        autorun: false,
        concurrency,
        lockDuration: timing.lock,
        lockRenewTime: timing.lock / 3,
        stalledInterval: timing.stalledCheck,
        maxStalledCount: mostStalls,
        removeOnComplete: retention,
        removeOnFail: retention,
        runRetryDelay: 1_000,
        settings: { backoffStrategy: (failedTries) => retryDelayOf(failedTries, timing, Math.random()) },
      },
    );
    this.#worker.on("error", this.#report);
    this.#worker.on("locksRenewed", ({ jobIds }) => {
      for (const id of jobIds) this.#holds.get(id)?.renewed();
    });
    this.#worker.on("lockRenewalFailed", (ids) => {
      for (const id of ids) this.#holds.get(id)?.lose();
    });
    this.#worker.on("stalled", (id) =>
      log.warn(
        { [kind.noun]: id },
        `the process of a taken ${kind.noun} died: the ${kind.noun} is taken again`,
      ),
    );
  }

  async start(): Promise<void> {
    await this.#worker.waitUntilReady();
    this.#worker.run().catch(this.#report);
  }

  /** Whether a handler has an entry. */
  get busy(): boolean {
    return this.#holds.size > 0;
  }

  async close(): Promise<void> {
    this.#closing = true;
    // Before anything is let go of: what is let go of must not be taken here again.
    const closed = this.#worker.close();
    for (const hold of this.#holds.values()) hold.letGo();
    await closed;
  }

  async #hold(id: string, hold: EntryHold, run: (hold: EntryHold) => Promise<void>): Promise<void> {
    this.#holds.set(id, hold);
    if (this.#closing) hold.letGo();
    try {
      await run(hold);
    } finally {
      hold.end();
      this.#holds.delete(id);
    }
  }
}
