import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from "bullmq";
import type { Redis } from "ioredis";

/**
 * BullMQ's backend on a Redis, with one difference: adding an entry whose id is there already gives an empty id.
 * BullMQ gives the id in both cases, so the entry is read back: each addition has a name of its own.
 */
export function redisBackendOn(redis: Redis): BackendFactory<RedisQueueBackend> {
  return (queueName, options, purpose) => {
    const backend = createRedisBackend(queueName, options, purpose);
    backend.addJob = async (entry, id, parent) => {
      const client = await backend.client;
      const readName = () => redis.hget(backend.toKey(id), "name");
      // Both leave in one packet, so that reading back costs no round trip.
      redis.stream?.cork();
      const adding = backend.addJobToTransaction(client, entry, id, parent);
      const reading = readName();
      redis.stream?.uncork();
      const [addedId, name] = await Promise.all([adding, reading]);
      // A Redis that does not know BullMQ's script yet adds only after the reading.
      return (name ?? (await readName())) === entry.name ? addedId : "";
    };
    return backend;
  };
}
