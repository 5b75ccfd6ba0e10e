import type { Logger } from "pino";
import type { BuildHandler } from "./build-queue.ts";
import type { QueueBackend, QueueWorker } from "./queue-backend.ts";
import { mostStalls, type QueueTiming, retention } from "./queue-timing.ts";
import { reportErrors } from "./report-errors.ts";
import { retryDelayOf } from "./retry-delay.ts";
import { runQueueJob } from "./run-queue-job.ts";
import { TakenBuild } from "./taken-build.ts";

/** Takes builds from a backend and gives them to a handler, until it is closed. */
export class BuildWorker {
  readonly #worker: QueueWorker;
  readonly #report: (error: Error) => void;
  readonly #taken = new Map<string, TakenBuild>();
  #closing = false;

  constructor(
    backend: QueueBackend,
    handler: BuildHandler,
    concurrency: number,
    timing: QueueTiming,
    log: Logger,
  ) {
    this.#report = reportErrors(log, backend.name);
    this.#worker = backend.openWorker(
      (queueJob, token) =>
        this.#hold(String(queueJob.id), timing.lock, (taken) =>
          runQueueJob(queueJob, token, taken, handler, backend, log),
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
      for (const id of jobIds) this.#taken.get(id)?.renewed();
    });
    this.#worker.on("lockRenewalFailed", (ids) => {
      for (const id of ids) this.#taken.get(id)?.lose();
    });
    this.#worker.on("stalled", (id) => log.warn({ build: id }, "a build's process died: it is taken again"));
  }

  async start(): Promise<void> {
    await this.#worker.waitUntilReady();
    this.#worker.run().catch(this.#report);
  }

  /** Whether a handler has a build. */
  get busy(): boolean {
    return this.#taken.size > 0;
  }

  async close(): Promise<void> {
    this.#closing = true;
    // Before anything is let go of: what is let go of must not be taken here again.
    const closed = this.#worker.close();
    for (const taken of this.#taken.values()) taken.letGo();
    await closed;
  }

  async #hold(id: string, lock: number, run: (taken: TakenBuild) => Promise<void>): Promise<void> {
    const taken = new TakenBuild(lock);
    this.#taken.set(id, taken);
    if (this.#closing) taken.letGo();
    try {
      await run(taken);
    } finally {
      taken.end();
      this.#taken.delete(id);
    }
  }
}
