import { type BackendFactory, createRedisBackend, type RedisQueueBackend } from "bullmq";

/**
 * BullMQ's backend on Redis, with one difference: adding an entry whose id is there already gives an empty id.
 * BullMQ gives the id in both cases, so the entry is read back: each addition has a name of its own.
 */
export const createBuildsBackend: BackendFactory<RedisQueueBackend> = (queueName, options, purpose) => {
  const backend = createRedisBackend(queueName, options, purpose);
  backend.addJob = async (entry, id, parent) => {
    const client = await backend.client;
    // Both are on their way before either is answered: reading back costs no round trip.
    const adding = backend.addJobToTransaction(client, entry, id, parent);
    const reading = client.hget(backend.toKey(id), "name");
    const [addedId, name] = await Promise.all([adding, reading]);
    // A Redis that does not have BullMQ's script yet runs it only after the reading.
    return (name ?? (await client.hget(backend.toKey(id), "name"))) === entry.name ? addedId : "";
  };
  return backend;
};
