import { beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import { policyOf } from "../../core/decide/askings.ts";
import { A, B, pushOf, tagOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld();
});

const fault = (kind: "transient" | "permanent", code: string, title = "t") =>
  new BuildFault({ class: kind, code, title, cause: "c", remedy: "r" });
const published = () => world.forge.published.map(({ report }) => report);

describe("a branch that is made at a commit which was built long ago", () => {
  it("builds nothing again, although the queue has forgotten the build", async () => {
    const before = await createStoryWorld();
    await before.work();
    await before.handle(pushOf(A));
    await before.settled();
    const { history, registry } = before.ports;
    const later = await createStoryWorld({ ports: { history, registry } });
    later.configure("tags: '{{branch}}'", A);
    await later.work();
    await later.handle(pushOf(A, "release"));
    await later.settled();
    expect([later.plans.length, before.tagged("release")]).toEqual([0, "a"]);
  });
});

describe("a push", () => {
  it("builds the one image of a repository without a configuration, and asks the forge for its archive alone", async () => {
    await world.handle(pushOf(A));
    expect(await world.kept()).toMatchObject([
      {
        state: "queued",
        request: {
          ...{ commit: A, branch: "main", checkName: "pushwright", isTrusted: true, attempt: 1 },
          image: { path: "acme/shop" },
          trigger: { kind: "push", by: "ada", rule: "branch `main` matches `**`" },
        },
      },
    ]);
    expect(world.forge.fetches).toBe(1);
    await world.work();
    await world.settled();
    expect(await world.checks()).toMatchObject([{ name: "pushwright", state: "success" }]);
    expect(world.registry.tags.get("acme/shop")?.get(A)).toBeDefined();
    expect(world.forge.fetches).toBe(1);
  });

  it("builds each of several images, under a check of its own", async () => {
    world.configure("images:\n  - name: api\n  - name: web\n", A);
    await world.handle(pushOf(A));
    await world.work();
    await world.settled();
    const checks = await world.checks();
    expect(checks.map(({ name, state }) => `${name}: ${state}`).sort()).toEqual([
      "pushwright / api: success",
      "pushwright / web: success",
    ]);
    expect(world.forge.fetches).toBe(1);
    expect([...world.registry.tags.keys()].sort()).toEqual(["acme/shop/api", "acme/shop/web"]);
  });

  it("of a branch that is not built is ignored", async () => {
    world.configure("triggers:\n  branches: [main]\n", A);
    await world.handle(pushOf(A, "feature"));
    expect(await world.kept()).toEqual([]);
    await world.work();
    expect(published()).toEqual([]);
  });

  it("is ignored, and the forge asked for nothing, where the operator does not let the repository build", async () => {
    const policy = policyOf({ repositories: { allow: ["other/*"], deny: [] } });
    const strict = await createStoryWorld({ policy });
    await strict.handle(pushOf(A));
    expect([await strict.kept(), strict.forge.fetches]).toEqual([[], 0]);
  });

  it("with a skip marker has a check that says so", async () => {
    await world.handle(pushOf(A, "main", { message: "docs [Skip CI]" }));
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["skipped"]);
    expect(published().at(-1)?.title).toContain("[skip ci]");
    expect(world.plans).toEqual([]);
  });

  it.each([
    ["the payload", { files: ["src/x.ts"] }, "success"],
    ["the payload", { files: ["docs/x.md"] }, "skipped"],
    ["the forge", { since: B }, "skipped"],
    ["nobody", {}, "success"],
  ])("is held against the path filters by what %s tells: %j is %s", async (_, changes, state) => {
    world.configure("triggers:\n  paths: [src/**]\n", A);
    world.forge.changedFiles.set(`${B}...${A}`, ["docs/y.md"]);
    await world.handle(pushOf(A, "main", { changes }));
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual([state]);
  });

  it("with a faulty configuration has a failed check that marks the lines", async () => {
    world.configure("imagse: []\ntimeout: soon\n", A);
    await world.handle(pushOf(A));
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["failure"]);
    expect(published().at(-1)?.annotations).toMatchObject([
      { path: ".pushwright.yml", line: 1 },
      { path: ".pushwright.yml", line: 2 },
    ]);
  });

  it.each(["archive-missing", "context-too-large"])(
    "whose archive is refused for good (%s) has a failed check that says so",
    async (code) => {
      world.forge.failures.fetchArchive.push(fault("permanent", code, "There is no such archive"));
      await world.handle(pushOf(A));
      await world.work();
      await world.settled();
      expect(await world.checks()).toMatchObject([
        { state: "failure", report: { title: "There is no such archive" } },
      ]);
    },
  );

  it("whose archive cannot be had now is thrown back, and built by the next try once", async () => {
    world.forge.failures.fetchArchive.push(fault("transient", "github-unavailable"));
    const event = pushOf(A);
    await expect(world.handle(event)).rejects.toThrow();
    expect(await world.kept()).toEqual([]);
    await world.handle(event);
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["success"]);
    expect(world.plans).toHaveLength(1);
  });

  it("changes nothing more when it is handled again, wherever it was cut short", async () => {
    const event = pushOf(A, "feature");
    const at = world.later();
    world.builds.failures.push(new Error("the queue is away"));
    await expect(world.handle(event, at)).rejects.toThrow("the queue is away");
    expect(await world.kept()).toHaveLength(1);
    await world.handle(event, at);
    await world.handle(event, at);
    await world.work();
    await world.settled();
    await world.handle(event, at);
    await world.settled();
    expect(world.plans).toHaveLength(1);
    expect(published().map(({ status }) => status)).toEqual(["in-progress", "completed"]);
    expect(await world.kept()).toHaveLength(1);
  });

  it("ends older builds by its next try when the first one was cut short before that", async () => {
    await world.handle(pushOf(A, "feature"));
    const { history } = world.ports;
    const cut = await createStoryWorld({
      ports: {
        history: {
          ...history,
          list: () => Promise.reject(new Error("the history is away")),
        },
        builds: world.builds,
      },
    });
    const event = pushOf(B, "feature");
    const at = world.later();
    await expect(cut.handle(event, at)).rejects.toThrow("the history is away");
    expect((await world.kept()).map(({ cancellation }) => cancellation)).toEqual([undefined, undefined]);
    await world.handle(event, at);
    expect((await world.kept()).map(({ cancellation }) => cancellation?.commit)).toEqual([B, undefined]);
  });

  it("that comes to a commit while another event of it is being handled is built as the first one asked", async () => {
    world.configure('tags: ["{{branch}}"]\n', A);
    await Promise.all([world.handle(pushOf(A, "one")), world.handle(pushOf(A, "two"))]);
    await world.work();
    await world.settled();
    expect(world.plans).toHaveLength(1);
    expect([world.tagged("one"), world.tagged("two")]).toEqual(["a", "a"]);
  });
});

describe("a pushed Git tag", () => {
  it("is built under its name, whatever was changed", async () => {
    world.configure("triggers:\n  paths: [src/**]\n", A);
    await world.handle(tagOf(A, "v1.2.3"));
    await world.work();
    await world.settled();
    expect(world.tagged("v1.2.3")).toBe("a");
  });

  it("that is not built is ignored", async () => {
    world.configure("triggers:\n  tags: [v*]\n", A);
    await world.handle(tagOf(A, "nightly"));
    expect(await world.kept()).toEqual([]);
  });
});
