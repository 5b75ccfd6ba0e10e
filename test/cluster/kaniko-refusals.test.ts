import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import type { KanikoSettings } from "../../src/builders/kaniko/settings.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import type { Diagnosis } from "../../src/core/diagnosis.ts";
import { recordBuild } from "../contract/build-record.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const limits = { cpu: "4", memory: "96Mi" };
const big = { resources: { requests: { cpu: "50m", memory: "64Mi" }, limits } };

describeWith(localClusterObstacle(), "a build that the cluster does not admit says so in its words", () => {
  let world: KanikoWorld;
  beforeAll(async () => {
    world = await openKanikoWorld();
  });
  afterAll(() => world.close());
  afterEach(async () => {
    const { core, name: namespace } = world.namespace;
    await core.deleteCollectionNamespacedResourceQuota({ namespace });
    await core.deleteCollectionNamespacedLimitRange({ namespace });
  });

  async function refused(settings: Partial<KanikoSettings>): Promise<Diagnosis> {
    const builder = world.open(settings);
    const plan = world.plan();
    await builder.start(plan);
    try {
      const outcome = await builder.watch(plan, recordBuild().observer, new AbortController().signal);
      if (!("evidence" in outcome)) throw new Error("the build brought an image");
      return diagnose(outcome.evidence);
    } finally {
      await builder.remove(plan);
    }
  }

  async function limitBy(hard: Record<string, string>, count: number): Promise<void> {
    const { core, name: namespace } = world.namespace;
    await core.createNamespacedResourceQuota({
      namespace,
      body: { metadata: { name: "builds" }, spec: { hard } },
    });
    // The quota counts only once its controller has seen it.
    const counted = async () =>
      Object.keys((await core.readNamespacedResourceQuota({ namespace, name: "builds" })).status?.used ?? {});
    await expect.poll(counted, { timeout: 20_000 }).toHaveLength(count);
  }

  it("by a quota that is smaller than one build, long before its deadline", async () => {
    await limitBy({ "limits.cpu": "2" }, 1);
    expect(await refused(big)).toMatchObject({
      class: "permanent",
      code: "quota-exceeded",
      title: expect.stringContaining("builds"),
      cause: expect.stringContaining("`limits.cpu`: asked `4`, used `0` of `2`"),
    });
  });

  it("by a quota that others have used up, when its deadline has come", async () => {
    const { core, name: namespace } = world.namespace;
    const other = { metadata: { name: "other" }, data: { a: "1" } };
    await core.createNamespacedPod({
      namespace,
      body: {
        metadata: other.metadata,
        spec: {
          restartPolicy: "Never",
          nodeSelector: { nowhere: "here" },
          containers: [{ name: "other", image: "none", resources: { limits, requests: limits } }],
        },
      },
    });
    await limitBy({ "limits.cpu": "6" }, 1);
    try {
      expect(await refused({ ...big, deadlineSeconds: 8 })).toMatchObject({
        code: "quota-exceeded",
        cause: expect.stringContaining("`limits.cpu`: asked `4`, used `4` of `6`"),
      });
    } finally {
      await core.deleteNamespacedPod({ namespace, name: "other" });
    }
  });

  it("by a quota of Jobs: to be tried again", async () => {
    await limitBy({ "count/jobs.batch": "0" }, 1);
    await expect(refused({})).rejects.toMatchObject({
      diagnosis: { code: "quota-exceeded", cause: expect.stringContaining("`count/jobs.batch`") },
    });
  });

  it("by a LimitRange", async () => {
    const { core, name: namespace } = world.namespace;
    const spec = { limits: [{ type: "Container", max: { cpu: "2" } }] };
    await core.createNamespacedLimitRange({ namespace, body: { metadata: { name: "small" }, spec } });
    expect(await refused(big)).toMatchObject({
      class: "permanent",
      code: "limit-range",
      cause: expect.stringContaining("maximum cpu usage per Container is 2"),
    });
  });

  it("by Pod Security, with what it objects to", async () => {
    expect(await refused({ security: "privileged" })).toMatchObject({
      class: "permanent",
      code: "admission-refused",
      title: expect.stringContaining("baseline"),
      cause: expect.stringContaining("privileged"),
    });
  });
});
