import { Redis } from "ioredis";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from "vitest";
import { openRedisStorage } from "../../../src/storage/redis-storage.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { describeWith } from "../../describe-with.ts";
import { type RedisServer, redisObstacle, startRedis } from "../../harness/redis-server.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeOutage } from "./describe-outage.ts";
import { describeRetention } from "./describe-retention.ts";
import { describeStorage, type StorageStore } from "./describe-storage.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { alertTiming, patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describeWith(redisObstacle(), "the storage on Redis", () => {
  let redis: RedisServer;
  let databases = 0;
  beforeAll(async () => {
    redis = await startRedis({ databases: "200" });
  });
  afterAll(() => redis.dispose());

  const nextDatabase = () => `${redis.url}/${databases++}`;
  const openStore = async (): Promise<StorageStore> => {
    const redisUrl = nextDatabase();
    return {
      open: (changes) => openRedisStorage({ redisUrl, timing: patientTiming, ...changes }, log),
      dispose: async () => {},
    };
  };
  describeStorage(openStore, { shared: true });
  describeRetention(openStore);
  describeUnreadable(async () => (await openStore()).open());
  describeCrash(async () => ({ redisUrl: nextDatabase(), timing: alertTiming }));
  describeOutage(
    () => redis.port,
    (port, timing, log) =>
      openRedisStorage({ redisUrl: `redis://127.0.0.1:${port}/${databases++}`, timing }, log),
  );

  it("keeps of what is done only that it was done, by which it is known", async () => {
    const redisUrl = nextDatabase();
    const storage = await openRedisStorage({ redisUrl, timing: patientTiming }, log);
    onTestFinished(() => storage.close());
    const request = buildRequestOf(1);
    await storage.builds.enqueue(request);
    await storage.builds.process(async () => {}, 1);
    const client = new Redis(redisUrl);
    onTestFinished(() => client.disconnect());
    await vi.waitFor(async () => {
      expect(await client.zscore("pushwright:builds:completed", request.id)).not.toBeNull();
    });
    expect(await client.hget(`pushwright:builds:${request.id}`, "data")).toBe('{"done":true}');
    expect(await storage.builds.enqueue(request)).toBe("known");
  });
});
