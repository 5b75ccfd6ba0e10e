import { Redis, type RedisOptions } from "ioredis";

const reconnect = {
  connectTimeout: 3_000,
  retryStrategy: (times: number) => Math.min(50 * 2 ** times, 1_000),
  // A primary that became a replica: https://github.com/redis/ioredis#reconnect-on-error
  reconnectOnError: (error: Error) => (error.message.startsWith("READONLY") ? 2 : false),
} satisfies RedisOptions;

/** For what must be answered soon or refused: nothing is kept back until Redis is there again. */
export function openRedisProducer(url: string): Redis {
  return new Redis(url, {
    ...reconnect,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
}

/** For the worker, which waits for Redis to be there again: https://docs.bullmq.io/guide/going-to-production */
export function openRedisConsumer(url: string): Redis {
  return new Redis(url, {
    ...reconnect,
    maxRetriesPerRequest: null,
    // BullMQ waits up to ten seconds for the next entry; nothing else is worth a longer wait, as locks run out.
    commandTimeout: 12_000,
    socketTimeout: 12_000,
  });
}

export type EndableRedis = {
  options: { retryStrategy?: unknown };
  readonly status: string;
  connect(): Promise<unknown>;
  disconnect(): unknown;
};

/** Ends a client for good, whether its Redis is there or not: what waits for an answer is rejected. */
export function endRedis(redis: EndableRedis): void {
  redis.options.retryStrategy = () => null;
  redis.disconnect();
  // Between two attempts to connect, a client has nothing to disconnect, and stays as it is for ever.
  if (redis.status === "reconnecting") redis.connect().catch(() => {});
}

/** Resolves when the connection stands; a connection that is about to come back is worth a short wait. */
export async function untilReady(redis: Redis, milliseconds: number): Promise<void> {
  if (redis.status === "ready") return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let cause = `not connected within ${milliseconds / 1000} s`;
  const keepCause = (error: Error) => {
    cause = error.message || String(error);
  };
  const timer = setTimeout(() => reject(new Error(cause)), milliseconds);
  redis.once("ready", resolve).on("error", keepCause);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    redis.off("ready", resolve).off("error", keepCause);
  }
}
