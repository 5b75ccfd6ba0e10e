import { beforeEach, describe, expect, it } from "vitest";
import { policyOf } from "../../core/decide/askings.ts";
import { A, B, buttonOf, C, commentOf, forkOf, pullRequestOf, pushOf, sha } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

const base = sha("0");
let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld();
  world.forge.permissions.set("bob", "write");
  for (const commit of [A, B, C]) world.forge.forkCommits.add(commit);
  await world.work();
});

/** Eve's pull request, whose head is that commit. */
async function open(commit = A, action: "opened" | "updated" = "opened") {
  world.forge.pullRequests.set(13, { ...forkOf(commit), isOpen: true });
  await world.handle(pullRequestOf(forkOf(commit), action));
  await world.settled();
}
async function say(body: string, changes: Parameters<typeof commentOf>[2] = {}) {
  await world.handle(commentOf(13, body, changes));
  await world.settled();
}
const note = () => world.forge.notes.map(({ body }) => body).join("\n");

describe("a fork's pull request", () => {
  it("waits for approval, by the base branch's configuration, and its archive is not asked for", async () => {
    world.forge.commits.set(base, {
      files: { ".pushwright.yml": "images:\n  - name: api\n  - name: web\n" },
      message: "base",
    });
    world.configure("images:\n  - name: evil\n", A);
    await open();
    expect((await world.checks()).map(({ name, state }) => `${name}: ${state}`).sort()).toEqual([
      "pushwright / api: action-required",
      "pushwright / web: action-required",
    ]);
    const [check] = await world.checks();
    expect(check?.report.actions.map(({ action }) => action)).toEqual(["approve"]);
    expect([world.forge.fetches, world.plans]).toEqual([0, []]);
  });

  it("that a writer approves is built once, without destinations, cache or secrets", async () => {
    world.forge.commits.set(base, {
      files: { ".pushwright.yml": "images:\n  - args:\n      MODE: fast\n    tags: ['{{branch}}']\n" },
      message: "base",
    });
    await open();
    const comment = commentOf(13, "/ok-to-build");
    const at = await world.handle(comment);
    await world.settled();
    await world.handle(comment, at);
    await world.settled();
    expect(world.plans).toMatchObject([
      { isTrusted: false, destinations: [], args: { MODE: "fast" }, secretArgs: {} },
    ]);
    expect(world.plans[0]).not.toHaveProperty("cacheRepository");
    expect((await world.states(A)).at(-1)).toBe("success");
    expect(world.registry.tags.size).toBe(0);
    expect(note()).toContain("is approved");
    expect(note()).toContain("built, not pushed");
    expect(world.forge.notes).toHaveLength(1);
    expect(await world.active()).toEqual([]);
  });

  it.each([
    ["an outsider's word", "/ok-to-build", { by: "eve" }, /`\/ok-to-build` needs the permission `write`/],
    ["another commit's SHA", `/ok-to-build ${"f".repeat(8)}`, {}, /is not the pull request's head/],
    ["a word from before its push", "/ok-to-build", { writtenAt: 0 }, /was pushed about when you wrote/],
  ])("is not built by %s", async (_, body, changes, answer) => {
    await open();
    await say(body, changes);
    expect(world.plans).toEqual([]);
    expect(note()).toMatch(answer);
    expect(world.forge.reactions.map(({ reaction }) => reaction)).toContain("refused");
    expect(await world.active()).toMatchObject([{ state: "waiting-for-approval" }]);
  });

  it.each([
    ["its whole SHA, whenever that was written", A, 0],
    ["the begin of its SHA, written after its push", A.slice(0, 7), Date.now()],
  ])("is built by /ok-to-build with %s", async (_, word, writtenAt) => {
    await open();
    await say(`/ok-to-build ${word}`, { writtenAt });
    expect(world.plans).toHaveLength(1);
  });

  it("is not built by the begin of its SHA from before its push: another commit's SHA may begin so", async () => {
    await open();
    await say(`/ok-to-build ${A.slice(0, 7)}`, { writtenAt: 0 });
    expect(world.plans).toEqual([]);
  });

  it.each([
    ["another pull request's check waited", ""],
    ["a check waited before the head went elsewhere and back", "supersede: false"],
  ])("is not built by /ok-to-build when the head came while that was written: %s", async (name, config) => {
    world.forge.commits.set(base, { files: { ".pushwright.yml": config }, message: "" });
    const isOther = name.startsWith("another");
    await world.handle(pullRequestOf(isOther ? forkOf(B, { number: 14, branch: "other" }) : forkOf(B)));
    await open(A, "updated");
    const writtenAt = world.later();
    await open(B, "updated");
    await say("/ok-to-build", { writtenAt });
    expect(world.plans).toEqual([]);
    expect(note()).toContain("was pushed about when you wrote");
  });

  it("that has a new head waits again, and what is approved of the old one does not hold for it", async () => {
    await open();
    await say("/ok-to-build");
    await open(B, "updated");
    expect([world.plans.length, await world.states(B)]).toEqual([1, ["action-required"]]);
    await say(`/ok-to-build ${A}`);
    expect(world.plans).toHaveLength(1);
  });

  it("that has a new head waits no more for the old one, whose check is ended", async () => {
    await open();
    await open(B, "updated");
    expect([await world.states(A), await world.states(B)]).toEqual([["cancelled"], ["action-required"]]);
    expect((await world.checks())[0]?.report.title).toBe("Superseded by bbbbbbb");
    const [waiting] = await world.active();
    expect(waiting?.request.commit).toBe(B);
  });

  it.each([
    ["whose older head's check is not published yet", A],
    ["that goes back to its first head", A],
  ])("shows the end of what waited: %s", async (name) => {
    const slow = await createStoryWorld();
    slow.forge.forkCommits.add(A);
    const heads = name.includes("back") ? [A, B, A] : [A, B];
    for (const commit of heads) await slow.handle(pullRequestOf(forkOf(commit), "updated"));
    await slow.work();
    await slow.settled();
    const [last, ...others] = heads.toReversed();
    if (last) expect((await slow.states(last)).at(-1)).toBe("action-required");
    const waiting = await slow.active();
    expect(waiting.map(({ request }) => request.commit)).toEqual([last]);
    for (const commit of others.filter((other) => other !== last))
      expect((await slow.states(commit)).at(-1)).toBe("cancelled");
  });

  it("that is approved before its check says that it waits is built, and waits no more", async () => {
    const slow = await createStoryWorld();
    slow.forge.permissions.set("bob", "write");
    slow.forge.pullRequests.set(13, { ...forkOf(A), isOpen: true });
    await slow.handle(pullRequestOf(forkOf(A)));
    await slow.handle(commentOf(13, "/ok-to-build"));
    await slow.work();
    await slow.until(async () => (await slow.active()).length === 0);
    expect([await slow.states(A), slow.plans.length]).toEqual([["success"], 1]);
  });

  it("whose end was asked for, by a process that died then, does not wait", async () => {
    const slow = await createStoryWorld();
    await slow.handle(pullRequestOf(forkOf(A)));
    const [waiting] = await slow.active();
    if (!waiting) throw new Error("nothing waits");
    const cancellation = { reason: "asked", by: "bob", at: slow.later() } as const;
    await slow.ports.history.cancel(waiting.request.id, cancellation);
    await slow.work();
    await slow.until(async () => (await slow.active()).length === 0);
    expect(await slow.states(A)).toEqual(["cancelled"]);
  });

  it("that is cancelled waits no more, and is said to be by each try at the answer", async () => {
    await open();
    const comment = commentOf(13, "/cancel");
    const at = await world.handle(comment);
    await world.handle(comment, at);
    expect(await world.states(A)).toEqual(["cancelled"]);
    expect(note()).toContain("Cancelling **pushwright**");
  });

  it("is built by the Approve button of whoever may approve, and by nobody else's", async () => {
    await open();
    const [check] = await world.checks();
    const target = { kind: "build", id: check?.build.request.id ?? sha("0") } as never;
    await world.handle(buttonOf("approve", target, "eve"));
    expect(world.plans).toEqual([]);
    const press = buttonOf("approve", target);
    const at = await world.handle(press);
    await world.handle(press, at);
    await world.settled();
    expect(world.plans).toMatchObject([{ isTrusted: false }]);
    expect((await world.kept()).at(-1)?.request.approval).toEqual({ by: "bob" });
  });

  it.each(["/build", "/rebuild"])(
    "is not built by %s alone, and has no second check that waits",
    async (body) => {
      await open();
      await say(body);
      expect(world.plans).toEqual([]);
      expect(await world.states(A)).toEqual(["action-required"]);
      expect(note()).toContain("Waits for approval");
    },
  );

  it("that was approved is built again by a person, as untrusted as before", async () => {
    await open();
    await say("/ok-to-build");
    await say("/rebuild --no-cache");
    expect(world.plans.map(({ isTrusted, destinations }) => [isTrusted, destinations.length])).toEqual([
      [false, 0],
      [false, 0],
    ]);
    expect((await world.kept()).at(-1)?.request).toMatchObject({ approval: { by: "bob" }, noCache: true });
  });

  it("that is closed waits no more, and waits again when it is opened again", async () => {
    await open();
    await world.handle(pullRequestOf(forkOf(A), "closed"));
    expect(await world.states(A)).toEqual(["cancelled"]);
    world.forge.pullRequests.set(13, { ...forkOf(A), isOpen: false });
    await say("/ok-to-build");
    expect(note()).toContain("The pull request is closed.");
    await open();
    expect((await world.states(A)).at(-1)).toBe("action-required");
    await say("/ok-to-build");
    expect(world.plans).toHaveLength(1);
  });

  it("ends the approved build that runs when it is closed", async () => {
    await open();
    world.hold(A);
    await world.handle(commentOf(13, "/ok-to-build"));
    await world.until(async () => (await world.states(A)).includes("in-progress"));
    await world.handle(pullRequestOf(forkOf(A), "closed"));
    await world.settled();
    expect((await world.states(A)).at(-1)).toBe("cancelled");
  });

  it("whose commit was pushed here too shows the real build", async () => {
    await world.handle(pushOf(A, "feature"));
    await world.settled();
    await open();
    expect(await world.states(A)).toEqual(["success"]);
  });

  it("is told that it is not built where the operator builds none", async () => {
    const strict = await createStoryWorld({ policy: policyOf({ forks: "never" }) });
    await strict.handle(pullRequestOf(forkOf(A)));
    await strict.work();
    await strict.settled();
    expect(await strict.states(A)).toEqual(["neutral"]);
  });
});

describe("a commit that is in a fork alone", () => {
  it("is not built by a comment on it, which says why", async () => {
    await world.handle(commentOf({ kind: "commit", commit: A }, "/build"));
    expect([await world.kept(), world.plans]).toEqual([[], []]);
    expect(note()).toContain("is on no branch of this repository");
  });

  it("is not built by running all of its checks again", async () => {
    await world.handle(buttonOf("rebuild", { kind: "commit", commit: A }));
    expect([await world.kept(), world.plans]).toEqual([[], []]);
  });

  it("is built with them by a word on the commit once it was pushed here too", async () => {
    await open();
    await world.handle(pushOf(A, "feature"));
    await world.settled();
    await world.handle(commentOf({ kind: "commit", commit: A }, "/rebuild"));
    await world.settled();
    expect(world.plans.map(({ isTrusted }) => isTrusted)).toEqual([true, true]);
  });

  it("is not built with this repository's rights when its pull request is known", async () => {
    await open();
    await world.handle(commentOf({ kind: "commit", commit: A }, "/build"));
    await world.handle(buttonOf("rebuild", { kind: "commit", commit: A }));
    await world.settled();
    expect(world.plans).toEqual([]);
  });
});
