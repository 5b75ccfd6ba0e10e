import { type PostgresConnectionOptions, type PostgresQueueBackend, Queue, Worker } from "bullmq";
import { createPostgresBuildsBackend } from "./postgres-backend.ts";
import type { QueueBackend } from "./queue-backend.ts";

const queueName = "builds";

export type PostgresQueue = Queue<
  unknown,
  void,
  string,
  unknown,
  void,
  string,
  PostgresQueueBackend,
  PostgresConnectionOptions
>;

/** Opens BullMQ's queue on a PostgreSQL that answers now: BullMQ does not try again. */
export async function openPostgresQueue(connection: PostgresConnectionOptions): Promise<PostgresQueue> {
  const queue: PostgresQueue = new Queue(queueName, { connection }, createPostgresBuildsBackend);
  queue.on("error", () => {});
  try {
    await queue.waitUntilReady();
  } catch (error) {
    await queue.close();
    throw error;
  }
  return queue;
}

/** `disconnect` is called once queue and workers are closed. */
export function toPostgresBackend(
  name: string,
  queue: PostgresQueue,
  connection: PostgresConnectionOptions,
  disconnect: () => Promise<void>,
): QueueBackend {
  return {
    name,
    queue,
    openWorker: (take, options) =>
      new Worker(queueName, take, { ...options, connection }, createPostgresBuildsBackend),
    save: (queueJob, data) => queue.getBackend().updateData(queueJob, data),
    async ping() {
      await queue.isPaused();
    },
    // node-postgres replaces connections by itself, and lets nothing wait without end.
    reconnect() {},
    abandon() {},
    disconnect,
  };
}
