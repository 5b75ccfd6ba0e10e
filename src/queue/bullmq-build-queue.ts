import type { Logger } from "pino";
import type { BuildRequest } from "../core/build.ts";
import type { BuildHandler, BuildProgress, BuildQueue } from "./build-queue.ts";
import { BuildWorker } from "./build-worker.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { nameQueueEntry } from "./queue-entry.ts";
import { answerDeadline, mostTries, type QueueTiming } from "./queue-timing.ts";
import { reportErrors } from "./report-errors.ts";
import { withDeadline } from "./with-deadline.ts";

/** A BuildQueue on BullMQ, on any of its backends. A queueJob's id is its build's. */
export class BullmqBuildQueue implements BuildQueue {
  readonly #backend: QueueBackend;
  readonly #timing: QueueTiming;
  readonly #log: Logger;
  #worker: BuildWorker | undefined;
  #closed: Promise<void> | undefined;

  constructor(backend: QueueBackend, timing: QueueTiming, log: Logger) {
    this.#backend = backend;
    this.#timing = timing;
    this.#log = log;
    backend.queue.on("error", reportErrors(log, backend.name));
  }

  async enqueue(request: BuildRequest): Promise<"queued" | "known"> {
    const progress: BuildProgress = { request };
    const options = {
      jobId: request.id,
      attempts: mostTries,
      backoff: { type: "custom" },
      stackTraceLimit: 1,
    };
    const queueJob = await this.#ask(`enqueueing build ${request.id}`, () =>
      this.#backend.queue.add(nameQueueEntry(request), progress, options),
    );
    return queueJob.id === request.id ? "queued" : "known";
  }

  async process(handler: BuildHandler, concurrency: number): Promise<void> {
    if (this.#worker) throw new Error("the queue's builds are being processed already: call process() once");
    this.#worker = new BuildWorker(this.#backend, handler, concurrency, this.#timing, this.#log);
    await this.#worker.start();
  }

  ping(): Promise<void> {
    return this.#ask("asking the queue", () => this.#backend.ping());
  }

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
      await this.#backend.disconnect();
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

  async #ask<Answer>(doing: string, ask: () => Promise<Answer>): Promise<Answer> {
    try {
      if (this.#closed) throw new Error("the queue is closed");
      return await withDeadline(ask(), answerDeadline, () => this.#backend.reconnect());
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      throw new Error(`${doing}: ${this.#backend.name}: ${cause}`, { cause: error });
    }
  }
}
