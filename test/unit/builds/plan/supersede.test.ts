import { beforeEach, describe, expect, it } from "vitest";
import { A, B, C, headOf, pullRequestOf, pushOf, repository, tagOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld();
});

/** Each kept build as `<commit>: <the commit that took its place, or how it ended>`. */
async function ends(): Promise<string[]> {
  return (await world.kept()).map(({ request, cancellation, result }) => {
    const by = cancellation?.commit?.slice(0, 1) ?? cancellation?.reason;
    return `${request.commit.slice(0, 1)}: ${by ?? result?.outcome ?? "wanted"}`;
  });
}

describe("a newer push to a branch", () => {
  it("ends the branch's older builds, queued and running, whose checks say by which commit", async () => {
    world.hold(A);
    await world.handle(pushOf(A, "feature"));
    await world.work(1);
    await world.until(async () => (await world.states(A)).includes("in-progress"));
    await world.handle(pushOf(B, "feature"));
    await world.handle(pushOf(C, "feature"));
    await world.settled();
    expect([await world.states(A), await world.states(B), await world.states(C)]).toEqual([
      ["cancelled"],
      ["cancelled"],
      ["success"],
    ]);
    const [first] = await world.checks();
    expect(first?.report.title).toBe("Superseded by bbbbbbb");
    expect(await ends()).toEqual(["a: b", "b: c", "c: success"]);
  });

  it.each([
    ["the default branch", "main", "", ["a: wanted", "b: wanted"]],
    ["the default branch, where it is configured", "main", "supersede: true\n", ["a: b", "b: wanted"]],
    [
      "another branch, where it is configured not to",
      "feature",
      "supersede: false\n",
      ["a: wanted", "b: wanted"],
    ],
  ])("to %s: %s, %j", async (_, branch, config, expected) => {
    world.configure(config, A, B);
    await world.handle(pushOf(A, branch));
    await world.handle(pushOf(B, branch));
    expect(await ends()).toEqual(expected);
  });

  it("ends no build of another branch, of another image or of a Git tag", async () => {
    world.configure("images:\n  - name: api\n  - name: web\n", A);
    world.configure("images:\n  - name: api\n  - name: next\n", B);
    await world.handle(pushOf(A, "feature"));
    await world.handle(tagOf(A, "v1"));
    await world.handle(pushOf(C, "other"));
    await world.handle(pushOf(B, "feature"));
    const wanted = (await world.active()).filter(({ cancellation }) => !cancellation);
    expect(
      wanted.map(({ request }) => `${request.commit.slice(0, 1)} ${request.image.name} ${request.gitTag}`),
    ).toEqual(expect.arrayContaining(["a web undefined", "a api v1", "a web v1", "c undefined undefined"]));
    expect(wanted).toHaveLength(6);
  });

  it("ends the older build although its event is dealt with later", async () => {
    const [first, second] = [world.later(), world.later()];
    await world.handle(pushOf(B, "feature"), second);
    await world.handle(pushOf(A, "feature"), first);
    expect((await ends()).sort()).toEqual(["a: b", "b: wanted"]);
  });

  it("that is skipped ends nothing", async () => {
    await world.handle(pushOf(A, "feature"));
    await world.handle(pushOf(B, "feature", { message: "[skip ci]" }));
    expect(await ends()).toEqual(["a: wanted", "b: wanted"]);
  });

  it.each([
    ["in their order", [0, 1, 2]],
    ["the last one first", [2, 0, 1]],
    ["the last one before the second", [0, 2, 1]],
    ["backwards", [2, 1, 0]],
  ])("that goes back to an older commit has that built and nothing else: %s", async (_, order) => {
    const events = [pushOf(A, "feature"), pushOf(B, "feature"), pushOf(A, "feature")];
    const times = events.map(() => world.later());
    for (const index of order) {
      const event = events[index];
      if (event) await world.handle(event, times[index]);
    }
    const before = await ends();
    for (const [index, event] of events.entries()) await world.handle(event, times[index]);
    expect(await ends()).toEqual(before);
    await world.work();
    await world.settled();
    expect((await world.states(A)).filter((state) => state === "success")).toHaveLength(1);
    expect((await world.states(A)).at(-1)).toBe("success");
    expect(await world.states(B)).toEqual(["cancelled"]);
  });

  it("that goes back to a commit again and again is built each time that its build was ended", async () => {
    for (const commit of [A, B, A, B, A]) await world.handle(pushOf(commit, "feature"));
    await world.work();
    await world.settled();
    // The checks of builds that were ended before they had one would hide the last one's.
    expect([await world.states(A), (await world.states(B)).at(-1)]).toEqual([["success"], "cancelled"]);
    expect(await ends()).toEqual(["a: b", "b: a", "a: b", "b: a", "a: success"]);
  });

  it("is not lost when another branch that wanted the same commit goes on", async () => {
    await world.handle(pushOf(A, "one"));
    await world.handle(pushOf(A, "two"));
    await world.handle(pushOf(B, "one"));
    expect(await ends()).toEqual(["a: wanted", "b: wanted"]);
    await world.handle(pushOf(C, "two"));
    expect(await ends()).toEqual(["a: c", "b: wanted", "c: wanted"]);
  });

  it("builds a commit again whose build another branch has ended before", async () => {
    await world.handle(pushOf(A, "one"));
    await world.handle(pushOf(B, "one"));
    await world.handle(pushOf(A, "two"));
    expect(await ends()).toEqual(["a: b", "b: wanted", "a: wanted"]);
  });

  it("does not build again what a person has cancelled since", async () => {
    await world.handle(pushOf(A, "one"));
    const at = world.later();
    const [build] = await world.kept();
    if (build)
      await world.ports.history.cancel(build.request.id, { reason: "asked", by: "bob", at: world.later() });
    await world.handle(pushOf(A, "two"), at);
    expect(await ends()).toEqual(["a: asked"]);
    await world.handle(pushOf(A, "three"));
    expect(await ends()).toEqual(["a: asked", "a: wanted"]);
  });
});

describe("a pull request's newer head", () => {
  it("ends the builds of older ones, pushed or not", async () => {
    await world.handle(pullRequestOf(headOf(A)));
    await world.handle(pushOf(A, "feature"));
    await world.handle(pullRequestOf(headOf(B), "updated"));
    expect(await ends()).toEqual(["a: wanted", "b: wanted"]);
    await world.handle(pushOf(B, "feature"));
    expect(await ends()).toEqual(["a: b", "b: wanted"]);
  });

  it("builds its commit once more with its push when the branch goes back to it", async () => {
    for (const commit of [A, B, A]) {
      await world.handle(pushOf(commit, "feature"));
      await world.handle(pullRequestOf(headOf(commit), commit === A ? "opened" : "updated"));
    }
    expect(await ends()).toEqual(["a: b", "b: a", "a: wanted"]);
  });
});

describe("a pull request's event that is heard of hours later", () => {
  const hoursAgo = () => ({ changedAt: world.later() - 3_600_000 });

  it("of an older head ends no build of the head, and builds nothing", async () => {
    world.forge.pullRequests.set(12, { ...headOf(B), isOpen: true });
    await world.handle(pullRequestOf(headOf(B), "updated"));
    await world.handle(pullRequestOf(headOf(A), "opened", hoursAgo()));
    expect(await ends()).toEqual(["b: wanted"]);
  });

  it("of the head that it still has builds it", async () => {
    world.forge.pullRequests.set(12, { ...headOf(A), isOpen: true });
    await world.handle(pullRequestOf(headOf(A), "opened", hoursAgo()));
    expect(await ends()).toEqual(["a: wanted"]);
  });

  it("builds nothing of one that was closed since, and ends nothing of one that was opened again since", async () => {
    world.forge.pullRequests.set(12, { ...headOf(A), isOpen: false });
    await world.handle(pullRequestOf(headOf(A), "opened", hoursAgo()));
    expect(await ends()).toEqual([]);
    world.forge.pullRequests.set(12, { ...headOf(A), isOpen: true });
    await world.handle(pullRequestOf(headOf(A), "opened"));
    await world.handle(pullRequestOf(headOf(A), "closed", hoursAgo()));
    expect(await ends()).toEqual(["a: wanted"]);
  });
});

describe("a closed pull request", () => {
  it("ends the builds that it alone wanted, and opening it again builds its head", async () => {
    await world.handle(pullRequestOf(headOf(A)));
    const closing = pullRequestOf(headOf(A), "closed");
    const at = await world.handle(closing);
    await world.handle(closing, at);
    expect(await ends()).toEqual(["a: closed"]);
    await world.handle(pullRequestOf(headOf(A), "opened"));
    expect(await ends()).toEqual(["a: closed", "a: wanted"]);
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["success"]);
  });

  it.each(["the push first", "the closing first"])(
    "that was merged as it is leaves the base branch's build: %s",
    async (order) => {
      await world.handle(pullRequestOf(headOf(A)));
      const events = [pushOf(A, "main"), pullRequestOf(headOf(A), "closed")];
      const times = events.map(() => world.later());
      const indices = order === "the push first" ? [0, 1] : [1, 0];
      for (const index of indices) {
        const event = events[index];
        if (event) await world.handle(event, times[index]);
      }
      await world.work();
      await world.settled();
      expect((await world.states(A)).at(-1)).toBe("success");
    },
  );

  it("leaves the build of another pull request with the same head", async () => {
    await world.handle(pullRequestOf(headOf(A)));
    await world.handle(pullRequestOf(headOf(A, { number: 14, baseBranch: "next" })));
    await world.handle(pullRequestOf(headOf(A), "closed"));
    expect(await ends()).toEqual(["a: wanted"]);
  });

  it("ends nothing of a head that it was opened with again since", async () => {
    await world.handle(pullRequestOf(headOf(A)));
    const at = world.later();
    await world.handle(pullRequestOf(headOf(A), "opened"));
    await world.handle(pullRequestOf(headOf(A), "closed"), at);
    expect(await ends()).toEqual(["a: wanted"]);
    expect(await world.ports.history.count({ repository })).toBe(1);
  });
});
