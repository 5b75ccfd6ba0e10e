import type { Logger } from "pino";
import type { BuildQueue } from "./build-queue.ts";
import { BullmqBuildQueue } from "./bullmq-build-queue.ts";
import { endRedis } from "./end-redis.ts";
import { defaultTiming, type QueueTiming } from "./queue-timing.ts";
import { openRedisProducer } from "./redis-client.ts";
import { warnOfRedisLosses } from "./redis-losses.ts";
import { openRedisQueue, toRedisBackend } from "./redis-queue.ts";
import { untilRedisReady } from "./redis-ready.ts";

export type RedisBuildQueueOptions = { redisUrl: string; timing?: QueueTiming };

/** Opens the queue on Redis, which several processes may share. Waits a while for Redis to be there. */
export async function openRedisBuildQueue(
  { redisUrl, timing = defaultTiming }: RedisBuildQueueOptions,
  log: Logger,
): Promise<BuildQueue> {
  const name = nameRedis(redisUrl);
  const producer = openRedisProducer(redisUrl);
  try {
    await untilRedisReady(producer, timing.opening);
    await warnOfRedisLosses(producer, name, log);
    const queue = await openRedisQueue(producer);
    return new BullmqBuildQueue(toRedisBackend(name, redisUrl, producer, queue), timing, log);
  } catch (error) {
    endRedis(producer);
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`opening the queue: ${name}: ${cause}. Is REDIS_URL right, and Redis running?`, {
      cause: error,
    });
  }
}

function nameRedis(redisUrl: string): string {
  const parsed = URL.parse(redisUrl);
  if (parsed) return `Redis at ${parsed.host}${parsed.pathname}`;
  throw new Error("opening the queue: REDIS_URL is no URL; one looks like redis://host:6379/0");
}
