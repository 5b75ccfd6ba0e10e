import { beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import { buildIdOf } from "../../../../src/core/build-id.ts";
import { A, B, C, commentOf, headOf, pullRequestOf, pushOf, tagOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld();
  world.configure('tags: ["{{branch}}", latest]\nsupersede: false\n', A, B, C);
});

const fault = (kind: "transient" | "permanent") =>
  new BuildFault({ class: kind, code: "tag-refused", title: "The tag is refused", cause: "c", remedy: "r" });
const summaries = async () => (await world.checks()).map(({ report }) => report.summary);

describe("tags that follow a branch", () => {
  it.each([
    ["the older one first", [A, B]],
    ["the newer one first", [B, A]],
  ])("are the newer commit's in the end when its builds end with %s", async (_, order) => {
    const release = new Map([A, B].map((commit) => [commit, world.hold(commit)]));
    await world.handle(pushOf(A));
    await world.handle(pushOf(B));
    await world.work();
    for (const commit of order) {
      await world.until(() => world.plans.some((plan) => plan.commit === commit));
      release.get(commit)?.();
      await world.until(async () => (await world.states(commit)).includes("success"));
    }
    await world.settled();
    expect([world.tagged("main"), world.tagged("latest")]).toEqual(["b", "b"]);
    const [first] = (await world.kept()).map(({ result }) => result);
    const outdated = order[0] === B ? { outdatedTags: ["main", "latest"] } : {};
    expect(first).toMatchObject({ outcome: "success", image: { digest: expect.any(String), ...outdated } });
  });

  it("stay with the newer commit when the older one's push is heard of hours later", async () => {
    await world.work();
    const pushedAt = world.later() - 3_600_000;
    await world.handle(pushOf(B, "main", { pushedAt: pushedAt + 1000 }));
    await world.settled();
    await world.handle(pushOf(A, "main", { pushedAt }));
    await world.settled();
    expect([world.tagged("main"), await world.states(A)]).toEqual(["b", ["success"]]);
  });

  it("stay with the newer version when the older one's Git tag is heard of hours later", async () => {
    world.configure('tags: ["{{version}}", "{{major}}"]\n', A, B);
    await world.work();
    const pushedAt = world.later() - 3_600_000;
    await world.handle(tagOf(B, "v1.0.1", { pushedAt: pushedAt + 1000 }));
    await world.settled();
    await world.handle(tagOf(A, "v1.0.0", { pushedAt }));
    await world.settled();
    expect([world.tagged("1"), world.tagged("1.0.0"), world.tagged("1.0.1")]).toEqual(["b", "a", "b"]);
  });

  it("stay with the last success when the newer commit's build fails", async () => {
    world.exitCodes.set(B, 1);
    await world.handle(pushOf(A));
    await world.handle(pushOf(B));
    await world.work();
    await world.settled();
    expect([world.tagged("main"), await world.states(B)]).toEqual(["a", ["failure"]]);
  });

  it.each(["running", "ended"])(
    "come to a pull request's %s build with the push of the same commit",
    async (state) => {
      const release = world.hold(A);
      await world.handle(pullRequestOf(headOf(A)));
      await world.work();
      await world.until(async () => (await world.states(A)).includes("in-progress"));
      if (state === "ended") {
        release();
        await world.settled();
        expect(world.tagged("feature")).toBeUndefined();
      }
      await world.handle(pushOf(A, "feature"));
      release();
      await world.settled();
      expect(world.tagged("feature")).toBe("a");
      expect(world.plans).toHaveLength(1);
      expect((await world.checks()).map(({ name }) => name)).toEqual(["pushwright"]);
      expect((await summaries()).at(-1)).toContain("acme/shop:feature");
    },
  );

  it("are not taken back by an older commit's build from a newer one that a pull request had built", async () => {
    const release = world.hold(A);
    await world.handle(pushOf(A, "feature"));
    await world.handle(pullRequestOf(headOf(B)));
    await world.handle(pushOf(B, "feature"));
    await world.work();
    await world.until(async () => (await world.states(B)).includes("success"));
    release();
    await world.settled();
    expect(world.tagged("feature")).toBe("b");
  });

  it("go back with the branch to an older commit that is built already, also while the newer one builds", async () => {
    await world.work();
    await world.handle(pushOf(A));
    await world.settled();
    const release = world.hold(B);
    await world.handle(pushOf(B));
    await world.until(async () => (await world.states(B)).includes("in-progress"));
    await world.handle(pushOf(A));
    release();
    await world.settled();
    expect(world.tagged("main")).toBe("a");
    await world.handle(pushOf(C));
    await world.settled();
    await world.handle(pushOf(B));
    await world.settled();
    expect(world.tagged("main")).toBe("b");
    expect(world.plans).toHaveLength(3);
  });

  it("that come while others of the same image are being set are set too", async () => {
    await world.handle(pushOf(A));
    const { tag } = world.registry;
    const late = pushOf(A, "extra");
    let isHandled = false;
    world.ports.registry.tag = async (...wish) => {
      await tag(...wish);
      if (isHandled) return;
      isHandled = true;
      await world.handle(late);
    };
    await world.work();
    await world.settled();
    expect([world.tagged("main"), world.tagged("extra")]).toEqual(["a", "a"]);
    expect((await summaries()).at(-1)).toContain("acme/shop:extra");
  });

  it("that come while the check's end is being published are in it", async () => {
    await world.handle(pushOf(A));
    const { publishReport } = world.forge;
    const late = pushOf(A, "extra");
    let isHandled = false;
    world.forge.publishReport = async (target, report) => {
      const published = await publishReport(target, report);
      if (report.status === "completed" && !isHandled) {
        isHandled = true;
        await world.handle(late);
      }
      return published;
    };
    await world.work();
    await world.settled();
    expect(world.tagged("extra")).toBe("a");
    expect((await summaries()).at(-1)).toContain("acme/shop:extra");
  });

  it("that a later push brought are set by its next try when the registry was away", async () => {
    await world.work();
    await world.handle(pushOf(A));
    await world.settled();
    world.registry.failures.push(fault("transient"));
    const event = pushOf(A, "extra");
    const at = world.later();
    await expect(world.handle(event, at)).rejects.toThrow();
    await world.handle(event, at);
    expect(world.tagged("extra")).toBe("a");
  });
});

describe("an older commit that is built again", () => {
  beforeEach(async () => {
    world.forge.permissions.set("bob", "write");
    await world.work();
  });
  const rebuildA = async () => {
    await world.handle(commentOf({ kind: "commit", commit: A }, "/rebuild"));
    await world.settled();
  };

  it("takes no tag from a newer one, however many builds there were since", async () => {
    for (const commit of [A, B]) await world.handle(pushOf(commit));
    await world.settled();
    const [like] = await world.kept();
    if (!like) throw new Error("nothing was built");
    const { branch: _, ...request } = like.request;
    for (let number = 1; number <= 250; number += 1) {
      const pullRequest = { number, isFork: false, baseBranch: "main" };
      const id = buildIdOf({ ...request, imagePath: request.image.path, occasion: `${number}` });
      const other = { ...request, id, commit: C, pullRequest, acceptedAt: world.later() };
      await world.ports.history.add({ ...like, request: other });
    }
    await rebuildA();
    expect([world.tagged("main"), world.tagged("latest")]).toEqual(["b", "b"]);
  });

  it("takes a version's moving tag from no newer version", async () => {
    world.configure('tags: ["{{version}}", "{{major}}"]\n', A, B);
    await world.handle(tagOf(A, "v1.0.0"));
    await world.handle(tagOf(B, "v1.0.1"));
    await world.settled();
    expect(world.tagged("1")).toBe("b");
    await rebuildA();
    expect([world.tagged("1"), world.tagged("1.0.0")]).toEqual(["b", "a"]);
  });
});

describe("a tag that the registry refuses", () => {
  it("for good fails the build with that reason", async () => {
    world.registry.failures.push(fault("permanent"));
    await world.handle(pushOf(A));
    await world.work();
    await world.settled();
    expect(await world.checks()).toMatchObject([
      { state: "failure", report: { title: "The tag is refused" } },
    ]);
  });

  it("for now is set a moment later, without another build", async () => {
    world.registry.failures.push(fault("transient"), fault("transient"));
    await world.handle(pushOf(A));
    await world.work();
    await world.settled();
    expect([await world.states(A), world.tagged("main"), world.plans.length]).toEqual([["success"], "a", 1]);
  });

  it("for good, of a later push, leaves the build's check as it is", async () => {
    await world.work();
    await world.handle(pushOf(A));
    await world.settled();
    world.registry.failures.push(fault("permanent"));
    await world.handle(pushOf(A, "extra"));
    expect([await world.states(A), world.tagged("extra")]).toEqual([["success"], undefined]);
  });
});

describe("a push and a pull request of one commit", () => {
  it.each([
    ["the push", [pushOf(A, "feature"), pullRequestOf(headOf(A))]],
    ["the pull request", [pullRequestOf(headOf(A)), pushOf(A, "feature")]],
  ])("build once, with the branch's tags, when %s comes first", async (_, events) => {
    for (const event of events) await world.handle(event);
    await world.work();
    await world.settled();
    expect(world.plans).toHaveLength(1);
    expect([await world.states(A), world.tagged("feature")]).toEqual([["success"], "a"]);
  });

  it.each([["first"], ["last"]])(
    "build once, also when they come at once, with the push %s",
    async (place) => {
      const events = [pushOf(A, "feature"), pullRequestOf(headOf(A))];
      await Promise.all(
        (place === "first" ? events : events.toReversed()).map((event) => world.handle(event)),
      );
      await world.work();
      await world.settled();
      expect(world.plans).toHaveLength(1);
      expect([await world.states(A), world.tagged("feature")]).toEqual([["success"], "a"]);
    },
  );

  it.each([
    ["before", [0, 1]],
    ["after", [1, 0]],
  ])("show the real build when only one of them is skipped, %s the other", async (_, order) => {
    const config = "triggers:\n  paths: [src/**]\n";
    world.configure(config, A);
    world.forge.changedFiles.set(12, ["src/x.ts"]);
    const events = [pushOf(A, "feature", { changes: { files: ["docs/x.md"] } }), pullRequestOf(headOf(A))];
    for (const index of order) if (events[index]) await world.handle(events[index]);
    await world.work();
    await world.settled();
    // A check that says that nothing is built would hide the other.
    expect(await world.states(A)).toEqual(["success"]);
  });
});
