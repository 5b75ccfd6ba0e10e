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
    const cluster = createFakeBuildCluster(({ target }, buildContext, { GREETING, TOKEN }) => {
      const kind = buildContext.toString("utf8").trimEnd();
      const first = [`greeting ${GREETING}`, `token ${TOKEN}`, `length ${TOKEN?.length}`];
      if (kind === "staged")
        return { log: target === "first" ? first : [...first, "last"], milliseconds: 5, exitCode: 0 };
      return RUNS[kind] ?? { log: [], milliseconds: 0, exitCode: 1 };
    });
    const secret = { at: { name: "deploy", key: "token" }, value: "s3cret-of-the-shop" };
    cluster.secrets.set(secret.at.name, { [secret.at.key]: secret.value });
    return {
      secret,
      open: () => createFakeBuilder(cluster),
      destination: (name) => `registry.test/acme/shop:${name}`,
      buildContext: (kind) => Readable.from([Buffer.from(kind.padEnd(40))]),
      stored: async (destination = "") => cluster.images.get(destination),
      leftovers: async ({ buildId, tryNumber }) =>
        [...cluster.builds.keys()].filter((name) => name === `${buildId}-${tryNumber}`),
    };
  });
});
