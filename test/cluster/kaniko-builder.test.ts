import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Builder, BuildPlan } from "../../src/builders/builder.ts";
import { diagnose } from "../../src/core/diagnose.ts";
import { recordBuild } from "../contract/build-record.ts";
import { describeBuilder } from "../contract/builder.ts";
import { describeWith } from "../describe-with.ts";
import { kanikoContract } from "../harness/kaniko-contract.ts";
import { type KanikoWorld, openKanikoWorld } from "../harness/kaniko-world.ts";
import { type ContextFile, packContext } from "../harness/pack-context.ts";
import { startRegistry } from "../harness/registry-server.ts";
import { startProxy } from "../harness/severable-proxy.ts";
import { storedImage } from "../harness/stored-image.ts";
import { ports } from "../local-cluster/addresses.ts";
import { localClusterObstacle } from "../local-cluster/local-cluster.ts";

const never = new AbortController().signal;

describeWith(localClusterObstacle(), "builds with Kaniko", () => {
  let world: KanikoWorld;
  beforeAll(async () => {
    world = await openKanikoWorld();
  });
  afterAll(() => world.close());

  describeBuilder(async () => kanikoContract(world));

  const build = (plan: BuildPlan, files: Record<string, ContextFile>, builder?: Builder) =>
    world.build(plan, packContext(files), builder);

  it("takes a context of 40 MB, whole", async () => {
    const plan = world.plan();
    const big = randomBytes(40_000_000);
    const { outcome, log } = await build(plan, {
      Dockerfile: `${world.from}COPY big /big\nRUN sha256sum /big\n`,
      big,
    });
    expect(outcome).toEqual({ digest: await world.stored(plan.destinations[0]) });
    expect(log).toContain(`${createHash("sha256").update(big).digest("hex")}  /big`);
  });

  it("pushes to every destination, with labels as they are given", async () => {
    const destinations: BuildPlan["destinations"] = [world.destination("one"), world.destination("two")];
    const imageLabels = { "org.example.price": "$(HOME) $$5, 'six' = \"seven\"" };
    const { outcome } = await build(world.plan({ destinations, imageLabels }), {
      Dockerfile: `${world.from}COPY Dockerfile /\n`,
    });
    const { api } = world.cluster.registry;
    const images = await Promise.all(
      ["one", "two"].map((tag) => storedImage(api, `${world.namespace.name}/shop`, tag)),
    );
    for (const image of images) expect(image).toMatchObject({ ...outcome, labels: imageLabels });
  });

  it("chooses user namespaces where they work, and leaves no trace of having tried", async () => {
    const { outcome, log } = await build(
      world.plan(),
      { Dockerfile: `${world.from}RUN cat /proc/self/uid_map\n` },
      world.open({ security: "auto" }),
    );
    expect(outcome).toHaveProperty("digest");
    expect(log.some((line) => /^\s*0\s+[1-9]\d+\s+65536$/.test(line))).toBe(true);
    await vi.waitFor(async () => expect(await world.namespace.leftovers()).toEqual([]), { timeout: 10_000 });
  });

  it("pulls from and pushes to a registry of a private certificate authority", async () => {
    const registry = await startRegistry("https", "open");
    try {
      const { push } = world.cluster.registry;
      const ca = await readFile(registry.ca, "utf8");
      const builder = world.open({
        registries: [
          { host: push, insecure: true },
          { host: registry.host, ca },
        ],
      });
      const base = `${registry.host}/acme/base:one`;
      const files = { Dockerfile: `${world.from}COPY Dockerfile /\n` };
      const pushed = await build(world.plan({ destinations: [base] }), files, builder);
      expect(pushed.outcome).toHaveProperty("digest");
      const pulling = world.plan({ destinations: [`${registry.host}/acme/shop:one`] });
      const pulled = await build(pulling, { Dockerfile: `FROM ${base}\nRUN ls /Dockerfile\n` }, builder);
      expect(pulled.outcome).toHaveProperty("digest");
    } finally {
      await registry.close();
    }
  });

  it("goes on where it was when the connection to the cluster breaks, and when it stays away for a while", async () => {
    const proxy = await startProxy(ports.apiServer);
    try {
      const builder = world.open({}, `https://127.0.0.1:${proxy.port}`);
      const plan = world.plan();
      const record = recordBuild();
      await builder.start(plan);
      const watched = builder.watch(plan, record.observer, never);
      const count = "for i in $(seq 1 80); do echo line $i; sleep 0.1; done";
      await builder.sendContext(plan, packContext({ Dockerfile: `${world.from}RUN ${count}\n` }), never);
      await vi.waitFor(() => expect(record.log).toContain("line 10"), { timeout: 20_000 });
      proxy.sever();
      setTimeout(() => proxy.restore(), 2_000);
      await vi.waitFor(() => expect(record.log).toContain("line 45"), { timeout: 20_000 });
      proxy.sever();
      setTimeout(() => proxy.restore(), 100);
      expect(await watched).toEqual({ digest: await world.stored(plan.destinations[0]) });
      const lines = record.log.filter((line) => line.startsWith("line "));
      expect(lines).toEqual(Array.from({ length: 80 }, (_, index) => `line ${index + 1}`));
      await builder.remove(plan);
    } finally {
      await proxy.close();
    }
  });

  it("leaves a secret's value in no image, no Job and no log, and out of what a failed build says", async () => {
    const { at, value } = world.secret;
    const builder = world.open();
    const plan = world.plan({ secretArgs: { TOKEN: at }, args: { OPEN: "open" } });
    const dockerfile = `${world.from}ARG TOKEN\nARG OPEN\nWORKDIR /in-$OPEN\nLABEL of=$OPEN\nRUN echo made > /made; echo "$TOKEN" | base64; test -n "$TOKEN"\n`;
    await builder.start(plan);
    const { namespace } = world;
    const kanikoJobs = await namespace.batch.listNamespacedJob({ namespace: namespace.name });
    expect(JSON.stringify(kanikoJobs.items)).toContain("PUSHWRIGHT_SECRET_1");
    expect(JSON.stringify(kanikoJobs.items)).not.toContain(value);
    const record = recordBuild();
    const watched = builder.watch(plan, record.observer, never);
    await builder.sendContext(plan, packContext({ Dockerfile: dockerfile }), never);
    expect(await watched).toHaveProperty("digest");
    expect(record.log).toContain("Applying label of=open");
    for (const secret of [value, Buffer.from(`${value}`).toString("base64")])
      expect(record.log.join("\n")).not.toContain(secret);
    const { api } = world.cluster.registry;
    const image = await storedImage(api, `${namespace.name}/shop`, plan.buildId);
    expect(image?.config).toContain("RUN echo made");
    expect(image?.config).not.toContain(value);
    await builder.remove(plan);

    const failing = { Dockerfile: `${world.from}ARG TOKEN\nLABEL of=$TOKEN\nRUN echo "$TOKEN"; exit 3\n` };
    const { outcome, log } = await build(world.plan({ secretArgs: { TOKEN: at } }), failing);
    expect(log).toEqual(expect.arrayContaining(["Applying label of=***", "***"]));
    expect(JSON.stringify(outcome)).not.toContain(value);
  });

  it("says which target there is not", async () => {
    const files = { Dockerfile: `${world.from.trim()} AS one\nRUN true\n` };
    const { outcome } = await build(world.plan({ target: "two" }), files);
    const evidence = "evidence" in outcome ? outcome.evidence : undefined;
    expect(evidence && diagnose(evidence, files.Dockerfile)).toMatchObject({
      class: "permanent",
      code: "unknown-target",
      title: "There is no build stage named two",
    });
  });

  it("makes an image for another platform", async () => {
    const plan = world.plan({ platform: "linux/arm64" });
    const { outcome } = await build(plan, { Dockerfile: "FROM scratch\nCOPY Dockerfile /\n" });
    expect(outcome).toHaveProperty("digest");
    const image = await storedImage(world.cluster.registry.api, `${world.namespace.name}/shop`, plan.buildId);
    expect(JSON.parse(image?.config ?? "")).toMatchObject({ os: "linux", architecture: "arm64" });
  });

  it("ends a build at its own deadline", async () => {
    const plan = world.plan({ deadlineSeconds: 5 });
    const { outcome } = await build(plan, { Dockerfile: `${world.from}RUN sleep 100\n` });
    expect(outcome).toMatchObject({
      evidence: { reason: "DeadlineExceeded", limits: { deadlineSeconds: 5 } },
    });
  });

  it("makes a missing namespace a clear error", async () => {
    const builder = world.open({ namespace: "nowhere" });
    await expect(builder.start(world.plan())).rejects.toMatchObject({
      diagnosis: { class: "permanent", code: "namespace-missing", cause: expect.stringContaining("nowhere") },
    });
  });
});
