import { beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import { A, B, commentOf, headOf, pullRequestOf, pushOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld();
  world.forge.permissions.set("bob", "write");
  world.forge.pullRequests.set(12, { ...headOf(A), isOpen: true });
});

const onCommit = { kind: "commit", commit: A } as const;
const fault = (kind: "transient" | "permanent") =>
  new BuildFault({ class: kind, code: "x", title: "Asked in vain", cause: "c", remedy: "r" });
const note = () => world.forge.notes.at(-1)?.body ?? "";
const reactions = () => world.forge.reactions.map(({ reaction }) => reaction);

async function build(branch = "feature") {
  await world.handle(pushOf(A, branch));
  await world.work();
  await world.settled();
}
async function say(body: string, changes: Parameters<typeof commentOf>[2] = {}) {
  await world.handle(commentOf(12, body, changes));
  await world.settled();
}

describe("a comment", () => {
  it("is seen, and answered in the one note of its thread, whatever is said in it", async () => {
    await build();
    await say("/status");
    await say("/why");
    await say("/help");
    expect(world.forge.notes).toHaveLength(1);
    expect(note()).toContain("`/help`");
    expect(note()).toContain("2 earlier answers");
    expect(reactions()).toEqual(["seen", "seen", "seen"]);
  });

  it("that asks for a build has the note tell its end without another comment", async () => {
    const release = world.hold(A);
    await world.handle(commentOf(12, "/build"));
    expect(note()).toContain("waiting");
    await world.work();
    release();
    await world.settled();
    await world.until(() => note().includes("built"));
    expect(note()).not.toContain("⏳");
    expect(world.forge.notes).toHaveLength(1);
    expect(await world.states(A)).toEqual(["success"]);
  });

  it("with several commands has each carried out in its turn, and the faults told", async () => {
    await build();
    await say("/promote stable\n/rebuild nothing\n/biuld\n/status");
    expect(world.tagged("stable")).toBe("a");
    expect(note()).toContain("acme/shop:stable");
    expect(note()).toContain("there is no image `nothing`");
    expect(note()).toMatch(/did you mean/i);
    expect(note()).toContain("✅ built");
    expect(reactions()).toEqual(["seen", "refused"]);
  });

  it.each(["/build", "/rebuild", "/cancel", "/promote x", "/ok-to-build"])(
    "of somebody without the right is refused politely, and nothing is done: %s",
    async (body) => {
      await world.handle(pushOf(A, "feature"));
      await world.handle(commentOf(12, body, { by: "eve" }));
      const [kept, ...others] = await world.kept();
      expect([others, kept?.cancellation, world.registry.tags.size]).toEqual([[], undefined, 0]);
      expect(note()).toMatch(
        /needs the permission `write` or more in this repository, and `eve` has no permission\./,
      );
      expect(reactions()).toEqual(["seen", "refused"]);
    },
  );

  it("that is handled twice does nothing twice", async () => {
    await build();
    const comment = commentOf(12, "/rebuild\n/promote x");
    const at = await world.handle(comment);
    await world.handle(comment, at);
    await world.settled();
    await world.handle(comment, at);
    await world.settled();
    expect(world.plans).toHaveLength(2);
    expect(reactions()).toEqual(["seen"]);
    expect(world.forge.notes).toHaveLength(1);
    expect(note()).toContain("attempt 2");
  });

  it.each([
    ["its author's rights cannot be had", "fetchPermission"],
    ["its pull request cannot be had", "fetchPullRequest"],
    ["the note cannot be written", "publishNote"],
  ] as const)("is done once when %s at first", async (_, method) => {
    await build();
    world.forge.failures[method].push(fault("transient"));
    const comment = commentOf(12, "/rebuild");
    const at = world.later();
    await expect(world.handle(comment, at)).rejects.toThrow("Asked in vain");
    await world.handle(comment, at);
    await world.settled();
    expect(world.plans).toHaveLength(2);
    expect(note()).toContain("attempt 2");
  });

  it.each(["fetchPermission", "publishNote", "fetchPullRequest"] as const)(
    "is given up when the forge refuses for good: %s",
    async (method) => {
      await build();
      world.forge.failures[method].push(fault("permanent"));
      await say("/status");
    },
  );

  it("whose reactions the forge refuses is answered all the same", async () => {
    world.forge.failures.react.push(fault("permanent"));
    await say("/help");
    expect(note()).toContain("`/build [image]`");
  });

  it("cancels what runs and builds anew when it says both", async () => {
    const release = world.hold(A);
    await world.handle(pushOf(A, "feature"));
    await world.work();
    await world.until(async () => (await world.states(A)).includes("in-progress"));
    const comment = commentOf(12, "/cancel\n/build");
    const at = await world.handle(comment);
    await world.handle(comment, at);
    expect((await world.kept()).map(({ cancellation }) => cancellation?.by)).toEqual(["bob", undefined]);
    await world.until(async () => (await world.states(A)).includes("cancelled"));
    release();
    await world.settled();
    expect(await world.states(A)).toEqual(["cancelled", "success"]);
    expect(note()).toContain("Cancelling **pushwright**");
  });
});

describe("/build", () => {
  it("of what builds already, or is built, builds nothing more", async () => {
    await world.handle(pushOf(A, "feature"));
    await world.handle(commentOf(12, "/build"));
    expect(note()).toContain("is being built already");
    await world.work();
    await world.settled();
    await say("/build");
    expect(note()).toContain("was built already; `/rebuild` builds it anew");
    expect(world.plans).toHaveLength(1);
  });

  it("builds what a marker or a path filter kept from being built", async () => {
    world.configure("triggers:\n  paths: [src/**]\n", A);
    await world.handle(pushOf(A, "feature", { message: "[skip ci]" }));
    await world.work();
    await world.settled();
    await say("/build");
    expect(await world.states(A)).toEqual(["skipped", "success"]);
  });

  it("builds one image when it names it", async () => {
    world.configure("images:\n  - name: api\n  - name: web\n", A);
    await world.work();
    await say("/build WEB");
    expect((await world.checks()).map(({ name }) => name)).toEqual(["pushwright / web"]);
  });

  it("on a commit builds that, with its branch's tags if it was pushed", async () => {
    world.configure('tags: ["{{branch}}"]\n', A);
    world.exitCodes.set(A, 1);
    await build("main");
    world.exitCodes.clear();
    await world.handle(commentOf(onCommit, "/build"));
    await world.settled();
    expect([await world.states(A), world.tagged("main")]).toEqual([["failure", "success"], "a"]);
    expect(world.forge.notes[0]?.thread).toEqual(onCommit);
  });

  it("of a commit that a newer one of the branch has followed takes no tag back", async () => {
    world.configure('tags: ["{{branch}}"]\n', A, B);
    await build("main");
    await world.handle(pushOf(B, "main"));
    await world.settled();
    await world.handle(commentOf(onCommit, "/rebuild"));
    await world.settled();
    expect(world.tagged("main")).toBe("b");
    await world.handle(pushOf(A, "main"));
    await world.handle(commentOf(onCommit, "/rebuild"));
    await world.settled();
    expect((await world.kept()).at(-1)?.result).toMatchObject({
      image: { tagged: [expect.any(String), expect.stringContaining(":main")] },
    });
  });

  it("tells a faulty configuration, and why an archive cannot be had", async () => {
    await world.work();
    world.configure("imagse: []\n", A);
    await say("/build");
    expect(note()).toContain("1 fault in .pushwright.yml");
    world.forge.failures.fetchArchive.push(fault("permanent"));
    await world.handle(commentOf({ kind: "commit", commit: B }, "/build"));
    await world.settled();
    expect(note()).toContain("Asked in vain");
  });
});

describe("/rebuild", () => {
  it("builds again, with the layer cache or without it", async () => {
    await build();
    await say("/rebuild");
    await say("/rebuild --no-cache");
    expect(world.plans.map((plan) => plan.cacheRepository !== undefined)).toEqual([true, true, false]);
    expect((await world.kept()).map(({ request }) => request.attempt)).toEqual([1, 2, 3]);
  });

  it("ends nothing of the branch, as it is no newer commit, and is itself ended by one", async () => {
    await build();
    world.hold(A);
    world.hold(B);
    await world.handle(pushOf(B, "feature"));
    await world.handle(commentOf(onCommit, "/rebuild"));
    expect((await world.active()).map(({ cancellation }) => cancellation)).toEqual([undefined, undefined]);
    await world.handle(pushOf(B, "feature"));
    expect((await world.active()).map(({ cancellation }) => cancellation?.commit)).toContain(B);
  });
});

describe("/promote", () => {
  it("names what is built, and refuses what is not", async () => {
    await say("/promote stable");
    expect(note()).toContain("has no pushed image yet");
    await build();
    await say("/promote stable");
    expect(world.tagged("stable")).toBe("a");
    expect(world.plans).toHaveLength(1);
  });

  it("tells why the registry refuses", async () => {
    await build();
    world.registry.failures.push(fault("permanent"));
    await say("/promote stable");
    expect(note()).toContain("Asked in vain. c r");
  });
});

describe("/why", () => {
  it("tells the rule, the place in the queue and the rights", async () => {
    await world.handle(pushOf(B, "main"));
    await world.handle(pushOf(A, "feature"));
    await world.handle(commentOf(12, "/why"));
    expect(note()).toContain("branch `feature` matches `**`");
    expect(note()).toContain("It is number 2 in the queue");
    expect(note()).toContain("`bob` has `write`");
  });

  it.each([
    [
      "a branch that is not built",
      "triggers:\n  pull-requests: [next]\n",
      /matches none of the base branches/,
    ],
    ["a faulty configuration", "imagse: []\n", /1 fault in \.pushwright\.yml/],
    ["an event that never came", "", /It would be built if it were pushed now/],
  ])("tells why nothing was built: %s", async (_, config, reason) => {
    if (config !== "") world.configure(config, A);
    await world.handle(commentOf(12, "/why"));
    expect(note()).toMatch(reason);
    expect(await world.kept()).toEqual([]);
  });

  it("tells who cancelled, and not that of a build that had ended by then", async () => {
    await world.handle(pushOf(A, "feature"));
    await world.handle(commentOf(12, "/cancel"));
    await world.work();
    await world.settled();
    await say("/why");
    expect(note()).toContain("Cancelled by bob");
  });
});

describe("a pull request of the repository itself", () => {
  it("needs no approval", async () => {
    await world.handle(pullRequestOf(headOf(A)));
    await world.handle(commentOf(12, "/ok-to-build"));
    expect(note()).toContain("Only pull requests from forks need approval");
  });
});
