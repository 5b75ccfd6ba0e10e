import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import { openRedisBuildQueue } from "../../../src/queue/redis-build-queue.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { describeWith } from "../../describe-with.ts";
import { type RedisServer, redisObstacle, startRedis } from "../../harness/redis-server.ts";
import { patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describeWith(redisObstacle(), "the queue on Redis", () => {
  let redis: RedisServer;
  let databases = 0;
  beforeAll(async () => {
    redis = await startRedis({ databases: "100" });
  });
  afterAll(() => redis.dispose());

  const openStore = async () => {
    const redisUrl = `${redis.url}/${databases++}`;
    return {
      open: () => openRedisBuildQueue({ redisUrl, timing: patientTiming }, log),
      dispose: async () => {},
    };
  };
  describeBuildQueue(openStore, { shared: true });
});
