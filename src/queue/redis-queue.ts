import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Server } from "../connections/ask-server.ts";
import { type EndableRedis, endRedis } from "../connections/end-redis.ts";
import { openRedisConsumer } from "../connections/redis-client.ts";
import { untilRedisReady } from "../connections/redis-ready.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { redisBackendOn } from "./redis-adding.ts";

const prefix = "pushwright";

/** Opens one of BullMQ's queues on a Redis that answers now. */
export async function openRedisQueue(
  queueName: string,
  server: Server,
  redisUrl: string,
  producer: Redis,
): Promise<QueueBackend> {
  const consumers: EndableRedis[] = [];
  const disconnect = () => {
    for (const client of consumers) endRedis(client);
  };
  const queue: Queue<unknown, void> = new Queue(
    queueName,
    { connection: producer, prefix },
    redisBackendOn(producer),
  );
  await queue.waitUntilReady();
  const add: QueueBackend["queue"]["add"] = async (...entry) => {
    await untilRedisReady(producer);
    return queue.add(...entry);
  };
  const getJob: QueueBackend["queue"]["getJob"] = async (id) => {
    await untilRedisReady(producer);
    return queue.getJob(id);
  };
  return {
    ...server,
    queue: { add, getJob, on: queue.on.bind(queue), close: queue.close.bind(queue) },
    openWorker(take, options) {
      const connection = openRedisConsumer(redisUrl);
      const worker = new Worker<unknown, void>(queueName, take, { ...options, connection, prefix });
      consumers.push(connection);
      worker.getBackend().blockingClient?.then(
        (client) => consumers.push(client),
        () => {},
      );
      return worker;
    },
    // Not by the worker's connection: what that one could not send it sends when it is connected again, and by then
    // another process may have saved something newer.
    async save(queueJob, data) {
      await untilRedisReady(producer);
      await queue.getBackend().updateData(queueJob, data);
    },
    abandon() {
      server.reconnect();
      disconnect();
    },
    disconnect,
  };
}
