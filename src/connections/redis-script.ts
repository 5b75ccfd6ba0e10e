import type { Redis } from "ioredis";
import { untilRedisReady } from "./redis-ready.ts";

type Argument = string | number;
export type RedisScript = (keys: readonly string[], args: readonly Argument[]) => Promise<unknown>;

/** A Lua script that Redis runs as one atomic step; it is sent once, and named by its hash from then on. */
export function defineRedisScript(redis: Redis, name: string, lua: string): RedisScript {
  redis.defineCommand(name, { lua });
  return async (keys, args) => {
    await untilRedisReady(redis);
    const command = Reflect.get(redis, name) as (...all: Argument[]) => Promise<unknown>;
    return command.call(redis, keys.length, ...keys, ...args);
  };
}
