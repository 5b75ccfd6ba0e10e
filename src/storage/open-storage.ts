import type { Logger } from "pino";
import type { Retention } from "../history/history-store.ts";
import { openEmbeddedStorage } from "./embedded-storage.ts";
import { openPostgresStorage } from "./postgres-storage.ts";
import { openRedisStorage } from "./redis-storage.ts";
import type { Storage } from "./storage.ts";

export type StorageSettings = {
  redisUrl?: string | undefined;
  databaseUrl?: string | undefined;
  /** Where the embedded storage keeps its files when there is neither. */
  dataFolder: string;
  /** Without it nothing is ever removed: for whoever only looks. */
  retention?: Retention;
};

/** Opens the storage that the operator's settings ask for: Redis before PostgreSQL before the embedded one. */
export async function openStorage(settings: StorageSettings, log: Logger): Promise<Storage> {
  const { redisUrl, databaseUrl, dataFolder, retention } = settings;
  const kept = retention ? { retention } : {};
  if (redisUrl) return openRedisStorage({ redisUrl, ...kept }, log);
  if (databaseUrl) return openPostgresStorage({ databaseUrl, ...kept }, log);
  return openEmbeddedStorage({ dataFolder, ...kept }, log);
}
