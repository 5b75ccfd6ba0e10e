import { Readable } from "node:stream";
import { describe } from "vitest";
import { describeBuilder } from "../../contract/builder.ts";
import { createFakeBuildCluster, createFakeBuilder, type FakeRun } from "../../fakes/fake-builder.ts";

const RUNS: Record<string, FakeRun> = {
  good: { log: ["one"], milliseconds: 5, exitCode: 0 },
  failing: { log: ["two"], milliseconds: 5, exitCode: 3 },
  slow: { log: ["three"], milliseconds: 100, exitCode: 0 },
  endless: { log: ["four"], milliseconds: 60_000, exitCode: 0 },
};

describe("the fake builder", () => {
  describeBuilder(async () => {
    const cluster = createFakeBuildCluster((_, buildContext) => {
      const kind = buildContext.toString("utf8").trimEnd();
      return RUNS[kind] ?? { log: [], milliseconds: 0, exitCode: 1 };
    });
    return {
      open: () => createFakeBuilder(cluster),
      destination: (name) => `registry.test/acme/shop:${name}`,
      buildContext: (kind) => Readable.from([Buffer.from(kind.padEnd(40))]),
      stored: async (destination) => cluster.images.get(destination),
      leftovers: async ({ buildId, tryNumber }) =>
        [...cluster.builds.keys()].filter((name) => name === `${buildId}-${tryNumber}`),
    };
  });
});
