import type { Job, JobsOptions, Processor, WorkerListener, WorkerOptions } from "bullmq";
import type { Server } from "../connections/ask-server.ts";

/** Its data is an entry of its queue, if this version of Pushwright wrote it. */
export type QueueJob = Job<unknown, void>;

type OnError = (event: "error", listener: (error: Error) => void) => unknown;

/** What one queue needs of the place where BullMQ keeps its data. */
export type QueueBackend = Server & {
  queue: {
    /** Answers with an empty id when an entry of that id was there before. */
    add(name: string, data: unknown, options: JobsOptions): Promise<{ id?: string | undefined }>;
    getJob(id: string): Promise<Pick<QueueJob, "isDelayed" | "promote"> | undefined>;
    on: OnError;
    close(): Promise<void>;
  };
  openWorker(take: Processor<unknown, void>, options: Omit<WorkerOptions, "connection">): QueueWorkerBackend;
  /** Replaces what is kept about a taken entry: soon, or never. */
  save(queueJob: QueueJob, data: unknown): Promise<void>;
  /** Makes everything reject that this queue waits for from a dead server. */
  abandon(): void;
  /** Disconnects what is this queue's own, once queue and worker are closed. */
  disconnect(): void;
};

export type QueueWorkerBackend = {
  waitUntilReady(): Promise<void>;
  run(): Promise<void>;
  close(): Promise<void>;
  on<Event extends keyof WorkerListener>(event: Event, listener: WorkerListener[Event]): unknown;
};
