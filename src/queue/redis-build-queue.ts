import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import type { Logger } from "pino";
import type { BuildQueue } from "./build-queue.ts";
import { BullmqBuildQueue } from "./bullmq-build-queue.ts";
import type { QueueBackend } from "./queue-backend.ts";
import { defaultTiming, type QueueTiming } from "./queue-timing.ts";
import { createBuildsBackend } from "./redis-backend.ts";
import {
  type EndableRedis,
  endRedis,
  openRedisConsumer,
  openRedisProducer,
  untilReady,
} from "./redis-client.ts";
import { warnOfRedisLosses } from "./redis-losses.ts";

const queueName = "builds";
const prefix = "pushwright";
/** A Redis that restarts is worth a short wait, in milliseconds. */
const shortAbsence = 2_000;

export type RedisBuildQueueOptions = { redisUrl: string; timing?: QueueTiming };

/** Opens the queue on Redis, which several processes may share. Waits a while for Redis to be there. */
export async function openRedisBuildQueue(
  { redisUrl, timing = defaultTiming }: RedisBuildQueueOptions,
  log: Logger,
): Promise<BuildQueue> {
  const name = nameRedis(redisUrl);
  const producer = openRedisProducer(redisUrl);
  producer.on("error", () => {});
  try {
    await untilReady(producer, timing.opening);
    await warnOfRedisLosses(producer, name, log);
    const queue = new Queue<unknown, void>(queueName, { connection: producer, prefix }, createBuildsBackend);
    await queue.waitUntilReady();
    return new BullmqBuildQueue(toBackend(name, redisUrl, producer, queue), timing, log);
  } catch (error) {
    endRedis(producer);
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`opening the queue: ${name}: ${cause}. Is REDIS_URL right, and Redis running?`, {
      cause: error,
    });
  }
}

function toBackend(
  name: string,
  redisUrl: string,
  producer: Redis,
  queue: Queue<unknown, void>,
): QueueBackend {
  const consumers: EndableRedis[] = [];
  const add: QueueBackend["queue"]["add"] = async (...entry) => {
    await untilReady(producer, shortAbsence);
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
      await untilReady(producer, shortAbsence);
      await queue.getBackend().updateData(queueJob, data);
    },
    async ping() {
      await untilReady(producer, shortAbsence);
      await producer.ping();
    },
    reconnect: () => producer.disconnect(true),
    abandon,
    disconnect: async () => abandon(),
  };
}

function nameRedis(redisUrl: string): string {
  const parsed = URL.parse(redisUrl);
  if (parsed) return `Redis at ${parsed.host}${parsed.pathname}`;
  throw new Error("opening the queue: REDIS_URL is no URL; one looks like redis://host:6379/0");
}
