import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createClusterLeftovers } from "../../src/builders/kaniko/cluster-leftovers.ts";
import { sweep } from "../../src/builds/clean-up/sweep.ts";
import type { Build, BuildState } from "../../src/core/build.ts";
import { openRedisStorage } from "../../src/storage/redis-storage.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { buildRequestOf } from "../contract/build-request.ts";
import { describeWith } from "../describe-with.ts";
import { startGitHub } from "../fakes/github/start-github.ts";
import { startBot } from "../harness/bot-process.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { type RedisServer, redisObstacle, startRedis } from "../harness/redis-server.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const log = pino({ level: "silent" });
const HOUR = 3_600_000;

describeWith(localClusterObstacle() ?? redisObstacle(), "what builds left in the cluster", () => {
  let world: KanikoWorld;
  let redis: RedisServer;
  let storage: Storage;
  let names: Record<string, string>;

  beforeAll(async () => {
    [world, redis] = await Promise.all([openKanikoWorld(), startRedis()]);
    storage = await openRedisStorage({ redisUrl: redis.url }, log);
    names = { ended: await leave(1), running: await leave(2), unknown: await leave(3) };
    await keep(1, "completed", Date.now() - HOUR);
    await keep(2, "running");
  });
  afterAll(async () => {
    await storage?.close();
    await Promise.all([world?.close(), redis?.dispose()]);
  });

  /** A Job as a process leaves it that was killed: nobody sends it its context. */
  async function leave(number: number): Promise<string> {
    const { id, commit } = buildRequestOf(number);
    const builder = world.open();
    await builder.start(world.plan({ buildId: id, commit }));
    await builder.close();
    return `pushwright-${id}-1`;
  }
  async function keep(number: number, state: BuildState, finished?: number): Promise<void> {
    const diagnosis = { class: "permanent", code: "x", title: "x", cause: "", remedy: "" } as const;
    // As old as the bot remembers builds, it would forget it at its start.
    const request = buildRequestOf(number, { acceptedAt: Date.now() });
    const build: Build = { request, state };
    if (finished !== undefined)
      build.result = {
        outcome: "failure",
        diagnosis,
        timings: { accepted: finished, finished },
        logTail: [],
      };
    await storage.history.add(build);
  }
  const jobs = async () => {
    const { items } = await world.namespace.batch.listNamespacedJob({ namespace: world.namespace.name });
    return items.map(({ metadata }) => metadata?.name).toSorted();
  };
  async function sweepAt(now: number, isDryRun: boolean) {
    const config = new KubeConfig();
    config.loadFromFile(world.cluster.kubeconfig);
    const settings = { namespace: world.namespace.name, deadlineSeconds: 3600, ttlSeconds: 3600 };
    const leftovers = createClusterLeftovers(config, settings);
    try {
      return await sweep({ history: storage.history, leftovers, now: () => now, log }, { isDryRun });
    } finally {
      leftovers.close();
    }
  }

  it("is told in a dry run, and stays", async () => {
    expect(await sweepAt(Date.now(), true)).toEqual([
      { kind: "Job", name: names.ended, why: "its build ended 60 min ago" },
    ]);
    expect(await jobs()).toEqual(Object.values(names).toSorted());
  });

  it("is removed by the bot when it starts, with its pod, and nothing that still may be wanted", async () => {
    const [github, data] = await Promise.all([startGitHub({}), mkdtemp(join(tmpdir(), "pushwright-sweep-"))]);
    const bot = await startBot({
      ...github.env(),
      ...{ KUBECONFIG: world.cluster.kubeconfig, PUSHWRIGHT_NAMESPACE: world.namespace.name },
      ...{
        PUSHWRIGHT_DATA: data,
        PUSHWRIGHT_REGISTRY_PUSH: world.cluster.registry.push,
        REDIS_URL: redis.url,
      },
    });
    try {
      await bot.line(({ msg, name }) => msg.startsWith("abandoned object removed") && name === names.ended);
      const left = [names.running, names.unknown].toSorted();
      await expect.poll(jobs, { timeout: 30_000 }).toEqual(left);
      await expect
        .poll(
          async () =>
            (await world.namespace.leftovers()).filter((name) => name.startsWith(String(names.ended))),
          { timeout: 30_000 },
        )
        .toEqual([]);
    } finally {
      await bot.stop();
      await Promise.all([github.close(), rm(data, { recursive: true, force: true })]);
    }
  });

  it("of a build that nobody knows is removed once nobody can come back for it", async () => {
    expect(await sweepAt(Date.now() + HOUR, false)).toEqual([]);
    const swept = await sweepAt(Date.now() + 3 * HOUR, false);
    expect(swept).toEqual([
      { kind: "Job", name: names.unknown, why: expect.stringContaining("knows no build of it") },
    ]);
    await expect.poll(jobs, { timeout: 30_000 }).toEqual([names.running]);
  });

  it("of a pod whose Job is gone is found by itself", async () => {
    const { namespace } = world;
    await namespace.batch.deleteNamespacedJob({
      namespace: namespace.name,
      name: String(names.running),
      propagationPolicy: "Orphan",
    });
    const pods = async () => (await namespace.core.listNamespacedPod({ namespace: namespace.name })).items;
    await expect
      .poll(async () => (await pods()).every(({ metadata }) => !metadata?.ownerReferences), {
        timeout: 30_000,
      })
      .toBe(true);
    expect(await sweepAt(Date.now() + 3 * HOUR, false)).toEqual([]);
    await storage.history.change(buildRequestOf(2).id, { state: "completed" });
    expect(await sweepAt(Date.now() + 3 * HOUR, false)).toMatchObject([{ kind: "pod" }]);
    await expect.poll(async () => (await pods()).length, { timeout: 30_000 }).toBe(0);
  });
});
