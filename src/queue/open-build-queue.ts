import type { Logger } from "pino";
import type { BuildQueue } from "./build-queue.ts";
import { openEmbeddedBuildQueue } from "./embedded-build-queue.ts";
import { openPostgresBuildQueue } from "./postgres-build-queue.ts";
import { openRedisBuildQueue } from "./redis-build-queue.ts";

export type BuildQueueSettings = {
  redisUrl?: string | undefined;
  databaseUrl?: string | undefined;
  /** Where the embedded queue keeps its files when there is neither. */
  dataFolder: string;
};

/** Opens the queue that the operator's settings ask for: Redis before PostgreSQL before the embedded one. */
export async function openBuildQueue(settings: BuildQueueSettings, log: Logger): Promise<BuildQueue> {
  const { redisUrl, databaseUrl, dataFolder } = settings;
  if (redisUrl) return openRedisBuildQueue({ redisUrl }, log);
  if (databaseUrl) return openPostgresBuildQueue({ databaseUrl }, log);
  return openEmbeddedBuildQueue({ dataFolder }, log);
}
