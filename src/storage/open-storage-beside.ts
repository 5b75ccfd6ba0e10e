import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Logger } from "pino";
import { openStorage } from "./open-storage.ts";
import type { Storage } from "./storage.ts";

export type BesideSettings = {
  redisUrl?: string | undefined;
  databaseUrl?: string | undefined;
  data: string;
};

/** Opens, for a command, the storage of a bot that may be running: nothing of it is made, and nothing grows too old in it. */
export async function openStorageBeside(
  { redisUrl, databaseUrl, data }: BesideSettings,
  log: Logger,
): Promise<Storage> {
  const isEmbedded = redisUrl === undefined && databaseUrl === undefined;
  const folder = join(data, "queue");
  if (isEmbedded && !existsSync(folder))
    throw new Error(
      `opening the bot's history: there is no ${folder}. Is PUSHWRIGHT_DATA the bot's, or is its history in Redis or PostgreSQL (REDIS_URL, DATABASE_URL)?`,
    );
  return openStorage({ redisUrl, databaseUrl, dataFolder: data }, log).catch((error: Error) => {
    if (!isEmbedded) throw error;
    throw new Error(
      `${error.message}. While the bot runs, its embedded storage is its alone: stop it for as long as this takes, or keep queue and history in Redis or PostgreSQL, which take both at once`,
      { cause: error },
    );
  });
}
