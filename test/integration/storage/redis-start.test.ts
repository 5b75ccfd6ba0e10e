import { pino } from "pino";
import { expect, it, onTestFinished } from "vitest";
import { openRedisStorage } from "../../../src/storage/redis-storage.ts";
import { describeWith } from "../../describe-with.ts";
import { redisObstacle, startRedis } from "../../harness/redis-server.ts";
import { patientTiming } from "./timing.ts";

/** Opens the storage on a Redis with these settings, and gives what was logged. */
async function open(settings: Record<string, string | string[]>) {
  const redis = await startRedis(settings);
  onTestFinished(redis.dispose);
  const logged: { msg: string }[] = [];
  const log = pino({}, { write: (line) => logged.push(JSON.parse(line)) });
  const storage = await openRedisStorage({ redisUrl: redis.url, timing: patientTiming }, log);
  onTestFinished(() => storage.close());
  return logged.map(({ msg }) => msg);
}

describeWith(redisObstacle(), "the start of the storage on Redis", () => {
  it("warns of a Redis that forgets events and builds when it crashes", async () => {
    expect(await open({ appendonly: "no" })).toEqual([expect.stringContaining("`appendonly yes`")]);
  });

  it("warns of a Redis that evicts builds", async () => {
    const settings = { "maxmemory-policy": "allkeys-lru" };
    expect(await open(settings)).toEqual([expect.stringContaining("`maxmemory-policy noeviction`")]);
  });

  it("warns of nothing when Redis keeps what it is given, or does not tell", async () => {
    expect(await open({})).toEqual([]);
    expect(await open({ appendonly: "no", "rename-command": ["CONFIG", ""] })).toEqual([]);
  });

  it("fails with the reason when Redis is not there", async () => {
    const redis = await startRedis();
    await redis.dispose();
    const timing = { ...patientTiming, opening: 500 };
    const opening = openRedisStorage({ redisUrl: redis.url, timing }, pino({ level: "silent" }));
    await expect(opening).rejects.toThrow(
      /^opening the storage: Redis at 127.0.0.1:\d+: connect ECONNREFUSED .* REDIS_URL/,
    );
  });

  it("fails with the reason, and without the password, when Redis refuses it", async () => {
    const redis = await startRedis({ requirepass: "right" });
    onTestFinished(redis.dispose);
    const redisUrl = redis.url.replace("redis://", "redis://:wrong-secret@");
    const timing = { ...patientTiming, opening: 500 };
    const opening = openRedisStorage({ redisUrl, timing }, pino({ level: "silent" }));
    await expect(opening).rejects.toThrow(/WRONGPASS/);
    await expect(opening).rejects.not.toThrow(/wrong-secret/);
  });
});
