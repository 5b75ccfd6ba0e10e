import type { Job, JobsOptions, Processor, WorkerListener, WorkerOptions } from "bullmq";

/** Its data is a `BuildProgress`, if this version of Pushwright wrote it. */
export type QueueJob = Job<unknown, void>;

type OnError = (event: "error", listener: (error: Error) => void) => unknown;

/** What the queue needs of the place where BullMQ keeps its data. */
export type QueueBackend = {
  /** As errors name it, without a password: `Redis at redis.example.com:6379`. */
  name: string;
  queue: {
    /** Answers with an empty id when an entry of that id was there before. */
    add(name: string, data: unknown, options: JobsOptions): Promise<{ id?: string | undefined }>;
    on: OnError;
    close(): Promise<void>;
  };
  openWorker(take: Processor<unknown, void>, options: Omit<WorkerOptions, "connection">): QueueWorker;
  /** Replaces what is kept about a taken build: soon, or never. */
  save(queueJob: QueueJob, data: unknown): Promise<void>;
  /** Rejects, with the reason, unless the backend can take an entry. */
  ping(): Promise<void>;
  /** Called when an answer is overdue: a connection can be dead without either end having noticed. */
  reconnect(): void;
  /** Makes everything that waits for a dead backend reject. */
  abandon(): void;
  /** Disconnects, once queue and worker are closed. */
  disconnect(): Promise<void>;
};

export type QueueWorker = {
  waitUntilReady(): Promise<void>;
  run(): Promise<void>;
  close(): Promise<void>;
  on<Event extends keyof WorkerListener>(event: Event, listener: WorkerListener[Event]): unknown;
};
