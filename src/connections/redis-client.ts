import { Redis, type RedisOptions } from "ioredis";

/** For what must be answered soon or refused: nothing is kept back until Redis is there again. */
export function openRedisProducer(url: string): Redis {
  return open(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
}

/** For the worker, which waits for Redis to be there again: https://docs.bullmq.io/guide/going-to-production */
export function openRedisConsumer(url: string): Redis {
  return open(url, {
    maxRetriesPerRequest: null,
    // BullMQ waits up to ten seconds for the next entry; nothing else is worth a longer wait, as locks run out.
    commandTimeout: 12_000,
    socketTimeout: 12_000,
  });
}

type Patience = Pick<
  RedisOptions,
  "enableOfflineQueue" | "maxRetriesPerRequest" | "commandTimeout" | "socketTimeout"
>;

function open(url: string, patience: Patience): Redis {
  const redis = new Redis(url, {
    ...patience,
    connectTimeout: 3_000,
    retryStrategy: (times) => Math.min(50 * 2 ** times, 1_000),
    // A primary that became a replica: https://github.com/redis/ioredis#reconnect-on-error
    reconnectOnError: (error) => (error.message.startsWith("READONLY") ? 2 : false),
  });
  // All that is asked for while it is away listens for its return.
  redis.setMaxListeners(1_000);
  // BullMQ passes errors on, but not before it has the client, nor after.
  return redis.on("error", () => {});
}
