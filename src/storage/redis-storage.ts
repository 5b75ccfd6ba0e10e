import type { Logger } from "pino";
import { endRedis } from "../connections/end-redis.ts";
import { openRedisProducer } from "../connections/redis-client.ts";
import { warnOfRedisLosses } from "../connections/redis-losses.ts";
import { untilRedisReady } from "../connections/redis-ready.ts";
import type { Retention } from "../history/history-store.ts";
import { createRedisHistoryStore } from "../history/redis-history.ts";
import { defaultTiming, type QueueTiming } from "../queue/queue-timing.ts";
import { openRedisQueue } from "../queue/redis-queue.ts";
import { openStorageOn, type Storage } from "./storage.ts";

export type RedisStorageOptions = { redisUrl: string; timing?: QueueTiming; retention?: Retention };

/** Opens the storage on Redis, which several processes may share. Waits a while for Redis to be there. */
export async function openRedisStorage(
  { redisUrl, timing = defaultTiming, retention }: RedisStorageOptions,
  log: Logger,
): Promise<Storage> {
  const name = nameRedis(redisUrl);
  // What is written goes over this connection; what is waited for, over each queue's own.
  const redis = openRedisProducer(redisUrl);
  const server = {
    name,
    async ping() {
      await untilRedisReady(redis);
      await redis.ping();
    },
    reconnect: () => redis.disconnect(true),
  };
  try {
    await untilRedisReady(redis, timing.opening);
    await warnOfRedisLosses(redis, name, log);
    const storageServer = {
      ...server,
      openQueue: (queueName: string) => openRedisQueue(queueName, server, redisUrl, redis),
      history: createRedisHistoryStore(redis, { noteDays: retention?.days }),
      disconnect: async () => endRedis(redis),
    };
    return await openStorageOn(storageServer, timing, retention, log);
  } catch (error) {
    endRedis(redis);
    const cause = error instanceof Error ? error.message : String(error);
    throw new Error(`opening the storage: ${name}: ${cause}. Is REDIS_URL right, and Redis running?`, {
      cause: error,
    });
  }
}

function nameRedis(redisUrl: string): string {
  const parsed = URL.parse(redisUrl);
  if (parsed) return `Redis at ${parsed.host}${parsed.pathname}`;
  throw new Error("opening the storage: REDIS_URL is no URL; one looks like redis://host:6379/0");
}
