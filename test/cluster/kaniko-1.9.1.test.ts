import { afterAll, beforeAll, expect, it } from "vitest";
import type { BuildPlan } from "../../src/builders/builder.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { recordBuild } from "../contract/build-record.ts";
import { describeBuilder } from "../contract/builder.ts";
import { describeWith } from "../describe-with.ts";
import { kanikoContract } from "../harness/kaniko-contract.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { type ContextFile, packContext } from "../harness/pack-context.ts";
import { provideOldKaniko } from "../local-cluster/images/provide-old-kaniko.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

describeWith(localClusterObstacle(), "builds with Kaniko 1.9.1", () => {
  let world: KanikoWorld;
  let image: string;
  beforeAll(async () => {
    world = await openKanikoWorld();
    image = await provideOldKaniko((line) => process.stderr.write(`${line}\n`));
  }, 600_000);
  afterAll(() => world?.close());

  describeBuilder(async () => kanikoContract(world, { image }));

  const build = (plan: BuildPlan, files: Record<string, ContextFile>, settings = {}) =>
    world.build(plan, packContext(files), world.open({ image, ...settings }));

  it("builds in a user namespace", async () => {
    const files = { Dockerfile: `${world.from}RUN cat /proc/self/uid_map\n` };
    const { outcome, log } = await build(world.plan(), files, { security: "isolated" });
    expect(outcome).toHaveProperty("digest");
    expect(log.some((line) => /^\s*0\s+[1-9]\d+\s+65536$/.test(line))).toBe(true);
  });

  it("fills the layer cache, and uses it", async () => {
    const cacheRepository = world.destination("x").replace(/shop:x$/, "old-cache");
    const files = { Dockerfile: `${world.from}COPY main /main\nRUN echo made > /made\n`, main: "one" };
    await build(world.plan({ cacheRepository }), files, { cacheTtlSeconds: 3600 });
    const { log } = await build(world.plan({ cacheRepository }), files, { cacheTtlSeconds: 3600 });
    expect(log.filter((line) => line.startsWith("Using caching version of cmd: "))).toHaveLength(2);
  });

  it("says which setting it is too old for", async () => {
    const mirrored = { host: "docker.io", mirrors: ["mirror.example.com/hub"] };
    const builder = world.open({ image, registries: [mirrored] });
    const plan = world.plan();
    await builder.start(plan);
    const outcome = await builder.watch(plan, recordBuild().observer, AbortSignal.timeout(60_000));
    await builder.remove(plan);
    expect("evidence" in outcome && diagnose(outcome.evidence)).toMatchObject({
      class: "permanent",
      code: "builder-flag-unknown",
      title: "This version of Kaniko has no --registry-map",
      cause: expect.stringContaining("mirrors"),
    });
  });

  it("is asked for user namespaces like any other", async () => {
    const files = { Dockerfile: `${world.from}RUN cat /proc/self/uid_map\n` };
    const { log } = await build(world.plan(), files, { security: "auto" });
    expect(log.some((line) => /^\s*0\s+[1-9]\d+\s+65536$/.test(line))).toBe(true);
  });

  it("fails where 1.24.0 skips a RUN with a here-document or copies nothing", async () => {
    for (const lines of ["RUN <<EOF\necho made > /made\nEOF", "COPY nothing* /x/"]) {
      const { outcome } = await build(world.plan(), { Dockerfile: `${world.from}${lines}\n` });
      expect(outcome).toHaveProperty("evidence");
    }
  });

  it.each([
    ["COPY dist /dist", "copy-source-missing", 2],
    ["RUN echo why && exit 7", "run-failed", 2],
    ["FROM registry.invalid/team/base:1", "base-image-unreachable", 1],
    ["COPPY a b", "dockerfile-syntax", 2],
  ])("fails at %j in words that the diagnosis knows", async (lines, code, line) => {
    const dockerfile = lines.startsWith("FROM") ? `${lines}\n` : `${world.from}${lines}\n`;
    const { outcome } = await build(world.plan(), { Dockerfile: dockerfile });
    expect("evidence" in outcome && diagnose(outcome.evidence, dockerfile)).toMatchObject({ code, line });
  });
});
