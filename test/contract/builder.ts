import { PassThrough, type Readable } from "node:stream";
import { expect, it, onTestFinished, vi } from "vitest";
import type { Builder, BuildPlan, SecretKey } from "../../src/builders/builder.ts";
import type { Digest } from "../../src/core/image-reference.ts";
import { buildPlan } from "./build-plan.ts";
import { recordBuild } from "./build-record.ts";

/**
 * Where builds run. Its contexts make a build that says `one` and succeeds, that says `two` and fails with exit code 3,
 * that says `three`, takes a few seconds and succeeds, that says `four` and does not end by itself, and one of two stages
 * whose `first` says `greeting ` and its argument GREETING, `token ` and its argument TOKEN, and `length ` and how long
 * TOKEN is, and whose `last` says `last`.
 */
export type BuilderWorld = {
  /** A builder as a new process would have it. */
  open(): Builder;
  destination(name: string): string;
  buildContext(kind: "good" | "failing" | "slow" | "endless" | "staged"): Readable;
  /** The digest that the registry has under this destination. */
  stored(destination: string | undefined): Promise<Digest | undefined>;
  /** A secret that builds may be given. */
  secret: { at: SecretKey; value: string };
  /** What is in the cluster of this build. */
  leftovers(plan: BuildPlan): Promise<string[]>;
};

const PATIENCE = { timeout: 30_000, interval: 100 };

/** What must hold for every builder. */
export function describeBuilder(openWorld: () => Promise<BuilderWorld>): void {
  async function enter() {
    const world = await openWorld();
    const builders: Builder[] = [];
    const plans: BuildPlan[] = [];
    onTestFinished(async () => {
      await Promise.all(builders.map((builder) => builder.close()));
      const cleaner = world.open();
      for (const plan of plans) await cleaner.remove(plan);
      for (const plan of plans)
        await vi.waitFor(async () => expect(await world.leftovers(plan)).toEqual([]), PATIENCE);
      await cleaner.close();
    });
    const open = () => {
      const builder = world.open();
      builders.push(builder);
      return builder;
    };
    const planOf = (changes: Partial<BuildPlan> = {}): BuildPlan => {
      const plan = buildPlan(changes);
      if (changes.destinations === undefined) plan.destinations = [world.destination(plan.buildId)];
      plans.push(plan);
      return plan;
    };
    return { world, open, builder: open(), planOf };
  }

  const never = new AbortController().signal;

  it("builds: runs, says its log, announces the digest that it ends with and that the registry has", async () => {
    const { world, builder, planOf } = await enter();
    const plan = planOf();
    const record = recordBuild();
    expect(await builder.start(plan)).toBe("created");
    const watched = builder.watch(plan, record.observer, never);
    await builder.sendContext(plan, world.buildContext("good"), never);
    const outcome = await watched;
    const digest = await world.stored(plan.destinations[0]);
    expect(outcome).toEqual({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(outcome).toEqual({ digest });
    expect(record.log).toContain("one");
    expect(record.heard).toEqual(["running", "log", "announced"]);
    expect(record.digest).toBe(digest);
  });

  it("says why a build failed, and announces nothing", async () => {
    const { world, builder, planOf } = await enter();
    const plan = planOf();
    const record = recordBuild();
    await builder.start(plan);
    const watched = builder.watch(plan, record.observer, never);
    await builder.sendContext(plan, world.buildContext("failing"), never);
    const outcome = await watched;
    expect(outcome).toMatchObject({
      evidence: {
        exitCode: 3,
        warnings: [],
        log: expect.arrayContaining(["two"]),
        limits: { memory: "2Gi" },
      },
    });
    expect(record.log).toContain("two");
    expect(record.digest).toBeUndefined();
    expect(await world.stored(plan.destinations[0])).toBeUndefined();
  });

  it("starts a build once, however often it is asked", async () => {
    const { world, open, builder, planOf } = await enter();
    const plan = planOf();
    expect(await builder.start(plan)).toBe("created");
    expect(await builder.start(plan)).toBe("created");
    expect(await open().start(plan)).toBe("abandoned");
    await builder.sendContext(plan, world.buildContext("good"), never);
    expect(await builder.start(plan)).toBe("running");
    expect(await builder.watch(plan, recordBuild().observer, never)).toHaveProperty("digest");
  });

  it("keeps two tries of a build apart", async () => {
    const { world, builder, planOf } = await enter();
    const first = planOf();
    const second = planOf({ ...first, tryNumber: 2 });
    await builder.start(first);
    expect(await builder.start(second)).toBe("created");
    await builder.remove(first);
    await builder.sendContext(second, world.buildContext("good"), never);
    expect(await builder.watch(second, recordBuild().observer, never)).toHaveProperty("digest");
  });

  it("lets another process take over a build that has its context", async () => {
    const { world, open, builder, planOf } = await enter();
    const plan = planOf();
    const letGo = new AbortController();
    await builder.start(plan);
    const left = builder.watch(plan, recordBuild().observer, letGo.signal);
    await builder.sendContext(plan, world.buildContext("slow"), never);
    letGo.abort(new Error("let go"));
    await expect(left).rejects.toThrow("let go");
    await builder.close();

    const heir = open();
    expect(await heir.start(plan)).toBe("running");
    const record = recordBuild();
    const outcome = await heir.watch(plan, record.observer, never);
    expect(outcome).toEqual({ digest: await world.stored(plan.destinations[0]) });
    expect(record.log.filter((line) => line === "three")).toEqual(["three"]);
    expect(record.heard[0]).toBe("running");
  });

  it("knows the end of a build that ended while nobody watched", async () => {
    const { world, open, builder, planOf } = await enter();
    const [good, failing] = [planOf(), planOf()];
    for (const [plan, kind] of [
      [good, "good"],
      [failing, "failing"],
    ] as const) {
      await builder.start(plan);
      const watched = builder.watch(plan, recordBuild().observer, never);
      await builder.sendContext(plan, world.buildContext(kind), never);
      await watched;
    }
    await builder.close();
    const heir = open();
    expect(await heir.start(good)).toBe("running");
    const records = [recordBuild(), recordBuild()] as const;
    expect(await heir.watch(good, records[0].observer, never)).toEqual({
      digest: await world.stored(good.destinations[0]),
    });
    expect(await heir.watch(failing, records[1].observer, never)).toMatchObject({
      evidence: { exitCode: 3 },
    });
    expect(records.map(({ log }) => log)).toEqual([
      expect.arrayContaining(["one"]),
      expect.arrayContaining(["two"]),
    ]);
  });

  it("ends and clears away a running build", async () => {
    const { world, builder, planOf } = await enter();
    const plan = planOf();
    const record = recordBuild();
    await builder.start(plan);
    const watched = builder.watch(plan, record.observer, never);
    await builder.sendContext(plan, world.buildContext("endless"), never);
    await vi.waitFor(() => expect(record.log).toContain("four"), PATIENCE);
    await builder.remove(plan);
    expect(await watched).toMatchObject({ evidence: { reason: "Vanished" } });
    await vi.waitFor(async () => expect(await world.leftovers(plan)).toEqual([]), { timeout: 10_000 });
    expect(await world.stored(plan.destinations[0])).toBeUndefined();
  });

  it("removes what is not there without complaint, and says that it vanished", async () => {
    const { builder, planOf } = await enter();
    const plan = planOf();
    await builder.remove(plan);
    await builder.start(plan);
    await builder.remove(plan);
    await builder.remove(plan);
    const outcome = await builder.watch(plan, recordBuild().observer, never);
    expect(outcome).toMatchObject({ evidence: { reason: "Vanished" } });
  });

  it("brings no image of a context that broke off", async () => {
    const { world, builder, planOf } = await enter();
    const plan = planOf();
    const record = recordBuild();
    await builder.start(plan);
    const watched = builder.watch(plan, record.observer, never);
    const broken = new PassThrough();
    const sent = builder.sendContext(plan, broken, never);
    const breaks = expect(sent).rejects.toThrow("the download broke");
    world.buildContext("good").once("data", (chunk: Buffer) => {
      broken.write(chunk.subarray(0, chunk.length - 20));
    });
    await vi.waitFor(() => expect(record.heard).toContain("running"), PATIENCE);
    setTimeout(() => broken.destroy(new Error("the download broke")), 1500);
    await breaks;
    expect(await watched).toMatchObject({ evidence: { exitCode: 1 } });
    expect(await world.stored(plan.destinations[0])).toBeUndefined();
  });

  it("stops sending when it is told to", async () => {
    const { builder, planOf } = await enter();
    const plan = planOf();
    const stop = new AbortController();
    await builder.start(plan);
    const endless = new PassThrough();
    const sent = builder.sendContext(plan, endless, stop.signal);
    setTimeout(() => stop.abort(new Error("stop")), 200);
    await expect(sent).rejects.toThrow("stop");
    expect(endless.destroyed).toBe(true);
  });

  it("does not touch a build when its watcher leaves or its process closes", async () => {
    const { builder, planOf } = await enter();
    const plan = planOf();
    await builder.start(plan);
    const left = builder.watch(plan, recordBuild().observer, AbortSignal.abort(new Error("left")));
    await expect(left).rejects.toThrow("left");
    const watched = builder.watch(plan, recordBuild().observer, never);
    await Promise.all([expect(watched).rejects.toThrow("closed"), builder.close()]);
  });

  it("builds without a destination: ends with the digest, announces none, and nothing is pushed", async () => {
    const { world, builder, planOf } = await enter();
    const plan = planOf({ destinations: [], isTrusted: false });
    const record = recordBuild();
    await builder.start(plan);
    const watched = builder.watch(plan, record.observer, never);
    await builder.sendContext(plan, world.buildContext("good"), never);
    expect(await watched).toEqual({ digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
    expect(record.log).toContain("one");
    expect(record.heard).toEqual(["running", "log"]);
    expect(await world.stored(world.destination(plan.buildId))).toBeUndefined();
  });

  it("builds the target, with arguments as they are given, and strikes secret ones out of its log", async () => {
    const { world, builder, planOf } = await enter();
    const { at, value } = world.secret;
    const greeting = "$(HOME) $$5, $GREETING 'six' = \"seven\"";
    const plan = planOf({ target: "first", args: { GREETING: greeting }, secretArgs: { TOKEN: at } });
    const record = recordBuild();
    await builder.start(plan);
    const watched = builder.watch(plan, record.observer, never);
    await builder.sendContext(plan, world.buildContext("staged"), never);
    expect(await watched).toEqual({ digest: await world.stored(plan.destinations[0]) });
    expect(record.log).toEqual(
      expect.arrayContaining([`greeting ${greeting}`, "token ***", `length ${value.length}`]),
    );
    expect(record.log).not.toContain("last");
    expect(record.log.join("\n")).not.toContain(value);
  });

  it.each([
    ["Secret", (at: SecretKey) => ({ ...at, name: "nowhere" })],
    ["key of it", (at: SecretKey) => ({ ...at, key: "nothing" })],
  ])("starts nothing when a secret's %s is missing, and names it", async (_, misplace) => {
    const { world, builder, planOf } = await enter();
    const at = misplace(world.secret.at);
    const plan = planOf({ secretArgs: { TOKEN: at } });
    await expect(builder.start(plan)).rejects.toMatchObject({
      diagnosis: {
        class: "permanent",
        code: "secret-missing",
        title: expect.stringContaining("TOKEN"),
        cause: expect.stringMatching(new RegExp(`\`${at.key}\`.*\`${at.name}\``)),
      },
    });
    expect(await world.leftovers(plan)).toEqual([]);
  });

  it.each([
    ["to push", ({ destination }: BuilderWorld) => ({ destinations: [destination("one")] })],
    ["secrets", ({ secret }: BuilderWorld) => ({ destinations: [], secretArgs: { TOKEN: secret.at } })],
  ])("refuses to give an untrusted build what it needs %s", async (_, changesIn) => {
    const { world, builder, planOf } = await enter();
    const plan = planOf({ ...changesIn(world), isTrusted: false });
    await expect(builder.start(plan)).rejects.toThrow("not trusted");
    expect(await world.leftovers(plan)).toEqual([]);
  });
}
