import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Builder, BuildPlan } from "../../src/builders/builder.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { packContext } from "../harness/pack-context.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(localClusterObstacle(), "the layer cache with Kaniko", () => {
  let world: KanikoWorld;
  beforeAll(async () => {
    world = await openKanikoWorld();
  });
  afterAll(() => world.close());

  /** An image that nobody built before, and a cache of its own. */
  function open() {
    const name = randomBytes(4).toString("hex");
    const cacheRepository = world.destination("x").replace(/shop:x$/, `cache-${name}`);
    const files = {
      Dockerfile: `${world.from}COPY main /main\nRUN echo ${name} > /made\nENV A=1\nRUN cat /main /made\n`,
      main: name,
    };
    const build = async (
      changes: Partial<BuildPlan> = { cacheRepository },
      more: Record<string, string> = {},
      builder: Builder = world.open(),
    ) => {
      const plan = world.plan(changes);
      const { outcome, log } = await world.build(plan, packContext({ ...files, ...more }), builder);
      expect(outcome).toHaveProperty("digest");
      const fromCache = log.filter((line) => line.startsWith("Using caching version of cmd: "));
      const asked = log.filter((line) => line.startsWith("Checking for cached layer "));
      return { hits: fromCache.length, asked: asked.length, plan, outcome };
    };
    const layers = async (): Promise<string[]> => {
      const { api } = world.cluster.registry;
      const path = cacheRepository.slice(cacheRepository.indexOf("/") + 1);
      const answer = await fetch(`${api}/v2/${path}/tags/list`);
      return answer.ok ? ((await answer.json()) as { tags: string[] }).tags : [];
    };
    return { build, layers, cacheRepository };
  }

  it("is filled by a build and used by the next one, for COPY and RUN, and not where a file changed", async () => {
    const { build, layers, cacheRepository } = open();
    expect((await build()).hits).toBe(0);
    expect(await layers()).toHaveLength(3);
    const second = await build();
    expect(second.hits).toBe(3);
    expect(second.outcome).toEqual({ digest: await world.stored(second.plan.destinations[0]) });
    expect(await layers()).toHaveLength(3);
    const changed = await build({ cacheRepository }, { main: "changed" });
    expect([changed.hits, changed.asked > 0]).toEqual([0, true]);
    expect(await layers()).toHaveLength(6);
  });

  it("is neither used nor filled by a build that is to do without", async () => {
    const { build, layers } = open();
    expect(await build({})).toMatchObject({ hits: 0, asked: 0 });
    expect(await layers()).toEqual([]);
    await build();
    expect(await build({})).toMatchObject({ hits: 0, asked: 0 });
    expect(await layers()).toHaveLength(3);
  });

  it("is used and not filled by an untrusted build, which pushes nothing", async () => {
    const { build, layers, cacheRepository } = open();
    const untrusted = { cacheRepository, isTrusted: false, destinations: [] };
    expect((await build(untrusted)).hits).toBe(0);
    expect(await layers()).toEqual([]);
    await build();
    const { hits, plan } = await build(untrusted);
    expect(hits).toBe(3);
    expect(await world.stored(world.destination(plan.buildId))).toBeUndefined();
  });

  it("is not used beyond its time", async () => {
    const { build, cacheRepository } = open();
    await build();
    const expired = await build({ cacheRepository }, {}, world.open({ cacheTtlSeconds: 0 }));
    expect([expired.hits, expired.asked > 0]).toEqual([0, true]);
  });
});
