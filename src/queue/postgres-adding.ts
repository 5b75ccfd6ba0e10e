import { type BackendFactory, type PgPool, PostgresConnection, PostgresQueueBackend } from "bullmq";

export type SharedPool = { pool: PgPool; schema: string };

/** BullMQ's connection on a pool whose `search_path` is another schema than the one that BullMQ expects of a pool. */
class SharedConnection extends PostgresConnection {
  override readonly schema: string;

  constructor({ pool, schema }: SharedPool) {
    super(pool);
    this.schema = schema;
  }
}

/**
 * BullMQ's backend on a PostgreSQL pool that others use too, with one difference: adding an entry whose id is there
 * already gives an empty id. BullMQ gives the id in both cases, so the entry is read back: each addition has a name of
 * its own.
 */
export function postgresBackendOn(shared: SharedPool): BackendFactory<PostgresQueueBackend, PgPool> {
  return (queueName, options, { withBlockingConnection } = {}) => {
    const connection = new SharedConnection(shared);
    // As createPostgresBackend does it: a worker's connection bears the queue's name in pg_stat_activity.
    const listenerName = withBlockingConnection ? queueName : undefined;
    const backend = new PostgresQueueBackend(connection, queueName, options, true, listenerName);
    const addJob = backend.addJob.bind(backend);
    backend.addJob = async (entry, id, parent) => {
      const addedId = await addJob(entry, id, parent);
      const stored = await backend.getJobData(id);
      return stored?.name === entry.name ? addedId : "";
    };
    return backend;
  };
}
