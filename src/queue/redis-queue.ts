import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { type EndableRedis, endRedis } from "./end-redis.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { buildsBackendOn } from "./redis-backend.ts";
import { openRedisConsumer } from "./redis-client.ts";
import { untilRedisReady } from "./redis-ready.ts";

const queueName = "builds";
const prefix = "pushwright";
/** A Redis that restarts is worth a short wait, in milliseconds. */
const shortAbsence = 2_000;

type RedisQueue = Queue<unknown, void>;

/** Opens BullMQ's queue on a Redis that answers now. */
export async function openRedisQueue(producer: Redis): Promise<RedisQueue> {
  const options = { connection: producer, prefix };
  const queue: RedisQueue = new Queue(queueName, options, buildsBackendOn(producer));
  await queue.waitUntilReady();
  return queue;
}

export function toRedisBackend(
  name: string,
  redisUrl: string,
  producer: Redis,
  queue: RedisQueue,
): QueueBackend {
  const consumers: EndableRedis[] = [];
  const add: QueueBackend["queue"]["add"] = async (...entry) => {
    await untilRedisReady(producer, shortAbsence);
    return queue.add(...entry);
  };
  const abandon = () => {
    for (const client of [producer, ...consumers]) endRedis(client);
  };
  return {
    name,
    queue: { add, on: queue.on.bind(queue), close: queue.close.bind(queue) },
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
      await untilRedisReady(producer, shortAbsence);
      await queue.getBackend().updateData(queueJob, data);
    },
    async ping() {
      await untilRedisReady(producer, shortAbsence);
      await producer.ping();
    },
    reconnect: () => producer.disconnect(true),
    abandon,
    disconnect: async () => abandon(),
  };
}
