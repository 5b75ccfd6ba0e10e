import { pino } from "pino";
import { afterAll, beforeAll } from "vitest";
import { openRedisBuildQueue } from "../../../src/queue/redis-build-queue.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { describeWith } from "../../describe-with.ts";
import { type RedisServer, redisObstacle, startRedis } from "../../harness/redis-server.ts";
import { describeCrash } from "./describe-crash.ts";
import { describeOutage } from "./describe-outage.ts";
import { describeUnreadable } from "./describe-unreadable.ts";
import { alertTiming, patientTiming } from "./timing.ts";

const log = pino({ level: "silent" });

describeWith(redisObstacle(), "the queue on Redis", () => {
  let redis: RedisServer;
  let databases = 0;
  beforeAll(async () => {
    redis = await startRedis({ databases: "100" });
  });
  afterAll(() => redis.dispose());

  const nextDatabase = () => `${redis.url}/${databases++}`;
  const openStore = async () => {
    const redisUrl = nextDatabase();
    return {
      open: () => openRedisBuildQueue({ redisUrl, timing: patientTiming }, log),
      dispose: async () => {},
    };
  };
  describeBuildQueue(openStore, { shared: true });
  describeUnreadable(async () => (await openStore()).open());
  describeCrash(async () => ({ redisUrl: nextDatabase(), timing: alertTiming }));
  describeOutage(
    () => redis.port,
    (port, timing, log) =>
      openRedisBuildQueue({ redisUrl: `redis://127.0.0.1:${port}/${databases++}`, timing }, log),
  );
});
