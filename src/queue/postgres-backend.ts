import {
  type BackendFactory,
  createPostgresBackend,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
} from "bullmq";

/**
 * BullMQ's backend on PostgreSQL, with one difference: adding an entry whose id is there already gives an empty
 * id. BullMQ gives the id in both cases, so the entry is read back: each addition has a name of its own.
 */
export const createPostgresBuildsBackend: BackendFactory<PostgresQueueBackend, PostgresConnectionOptions> = (
  queueName,
  options,
  purpose,
) => {
  const backend = createPostgresBackend(queueName, options, purpose);
  const addJob = backend.addJob.bind(backend);
  backend.addJob = async (entry, id, parent) => {
    const addedId = await addJob(entry, id, parent);
    const stored = await backend.getJobData(id);
    return stored?.name === entry.name ? addedId : "";
  };
  return backend;
};
