import type { Redis } from "ioredis";
import type { Logger } from "pino";

/** Warns of settings with which Redis forgets what it was given. A hosted Redis may not tell. */
export async function warnOfRedisLosses(redis: Redis, backend: string, log: Logger): Promise<void> {
  const appendOnly = await readSetting(redis, "appendonly");
  if (appendOnly === "no") {
    log.warn(
      { backend },
      "Redis keeps no append-only file: events and builds that wait are lost when it crashes. Set `appendonly yes`",
    );
  }
  const policy = await readSetting(redis, "maxmemory-policy");
  if (policy !== undefined && policy !== "noeviction") {
    log.warn(
      { backend, policy },
      "Redis may evict builds when its memory is full. Set `maxmemory-policy noeviction`",
    );
  }
}

async function readSetting(redis: Redis, setting: string): Promise<string | undefined> {
  try {
    const answer = await redis.config("GET", setting);
    return Array.isArray(answer) ? String(answer[1]) : undefined;
  } catch {
    return undefined;
  }
}
