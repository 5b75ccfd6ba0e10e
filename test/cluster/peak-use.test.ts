import { afterAll, beforeAll, expect, it } from "vitest";
import { createPeakCount } from "../../src/core/peak-use.ts";
import { recordBuild } from "../contract/build-record.ts";
import { describeWith } from "../describe-with.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { type MeteredCluster, startMeteredCluster } from "../harness/metrics-server.ts";
import { packContext } from "../harness/pack-context.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";
import { goObstacle } from "../local-cluster/obstacle.ts";

const MEBIBYTE = 1024 * 1024;
const NEVER = new AbortController().signal;
/** Building the metrics server comes first, once. */
const FIRST_MS = 15 * 60_000;

describeWith(
  localClusterObstacle() ?? goObstacle("the metrics server"),
  "a build's peak use, where the cluster has metrics",
  () => {
    let world: KanikoWorld;
    let metered: MeteredCluster;

    beforeAll(async () => {
      world = await openKanikoWorld();
      metered = await startMeteredCluster(world.cluster.kubeconfig);
    }, FIRST_MS);
    afterAll(async () => {
      await world.close();
      await metered.close();
    });

    it("is what a real metrics server measures", async () => {
      const builder = world.open({}, metered.server);
      const plan = world.plan();
      // `tail` keeps what it is to print at the end.
      const hungry = "head -c 200m /dev/zero | (tail -c 200m; sleep 45) > /dev/null";
      const peak = createPeakCount();
      await builder.start(plan);
      const { observer } = recordBuild();
      const watched = builder.watch(plan, { ...observer, used: peak.hear }, NEVER);
      await builder.sendContext(plan, packContext({ Dockerfile: `${world.from}RUN ${hungry}\n` }), NEVER);
      expect(await watched).toHaveProperty("digest");
      await builder.remove(plan);
      const { memoryBytes = 0, cpu = -1 } = peak.use() ?? {};
      expect(memoryBytes).toBeGreaterThan(5 * MEBIBYTE);
      expect(memoryBytes).toBeLessThan(2048 * MEBIBYTE);
      expect(cpu).toBeGreaterThanOrEqual(0);
    });
  },
);
