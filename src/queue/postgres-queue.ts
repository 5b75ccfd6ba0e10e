import { type PgPool, type PostgresQueueBackend, Queue, runMigrations, Worker } from "bullmq";
import type { Server } from "../connections/ask-server.ts";
import { postgresBackendOn, type SharedPool } from "./postgres-adding.ts";
import type { QueueBackend } from "./queue-backend.ts";

type PostgresQueue = Queue<unknown, void, string, unknown, void, string, PostgresQueueBackend, PgPool>;

/** Makes the schema and BullMQ's tables in it, or brings them up to date. */
export async function migrateQueues(pool: PgPool, schema: string): Promise<void> {
  const client = await pool.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    client.release();
  }
}

/** Opens one of BullMQ's queues on a PostgreSQL that answers now. `isAlone`: no other process uses it. */
export async function openPostgresQueue(
  queueName: string,
  server: Server,
  shared: SharedPool,
  isAlone: boolean,
): Promise<QueueBackend> {
  const connection = shared.pool;
  const backendFactory = postgresBackendOn(shared);
  const queue: PostgresQueue = new Queue(queueName, { connection }, backendFactory);
  queue.on("error", () => {});
  try {
    await queue.waitUntilReady();
    if (isAlone) await freeTaken(queue);
  } catch (error) {
    await queue.close();
    throw error;
  }
  return {
    ...server,
    queue,
    openWorker: (take, options) => new Worker(queueName, take, { ...options, connection }, backendFactory),
    save: (queueJob, data) => queue.getBackend().updateData(queueJob, data),
    // The pool lets nothing wait without end.
    abandon() {},
    disconnect() {},
  };
}

/** What is taken was taken by a process that died: no lock need run out. */
async function freeTaken(queue: PostgresQueue): Promise<void> {
  const anyHolder = "0";
  for (const queueJob of await queue.getActive()) await queueJob.moveToWait(anyHolder);
}
