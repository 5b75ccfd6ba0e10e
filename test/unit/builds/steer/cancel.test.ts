import { beforeEach, describe, expect, it } from "vitest";
import { A, B, buttonOf, commentOf, headOf, pullRequestOf, pushOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld({ places: 1 });
  world.forge.permissions.set("bob", "write");
  world.forge.pullRequests.set(12, { ...headOf(A), isOpen: true });
});

const note = () => world.forge.notes.at(-1)?.body ?? "";
const cancel = () => world.handle(commentOf({ kind: "commit", commit: A }, "/cancel"));
const isState = (state: string) => async () => (await world.states(A)).includes(state);

describe("what is cancelled", () => {
  it("ends without a start when it was not taken from the queue yet", async () => {
    await world.handle(pushOf(A));
    await cancel();
    await world.work();
    await world.settled();
    expect([await world.states(A), world.plans]).toEqual([["cancelled"], []]);
    expect((await world.checks())[0]?.report.title).toBe("Cancelled by bob");
  });

  it("ends while it waits for a place, which goes to the next", async () => {
    const release = world.hold(B);
    await world.handle(pushOf(B, "other"));
    await world.work();
    await world.until(() => world.plans.length === 1);
    await world.handle(pushOf(A));
    await world.until(isState("queued"));
    await cancel();
    await world.until(isState("cancelled"));
    release();
    await world.settled();
    expect(world.plans).toHaveLength(1);
    await world.handle(pushOf(A, "again"));
    await world.settled();
    expect((await world.states(A)).at(-1)).toBe("success");
  });

  it("ends while it runs: its kanikoJob is removed, and check and note say who asked", async () => {
    world.hold(A);
    await world.handle(pushOf(A));
    await world.work();
    await world.until(isState("in-progress"));
    await cancel();
    await world.settled();
    expect(await world.states(A)).toEqual(["cancelled"]);
    const [plan] = world.plans;
    if (!plan) throw new Error("nothing was started");
    const ended = await world.ports.builder.watch(
      plan,
      { running() {}, log() {}, announced() {} },
      AbortSignal.timeout(1000),
    );
    expect(ended).toMatchObject({ evidence: { reason: "Vanished" } });
    await world.until(() => note().includes("cancelled"));
    expect((await world.checks())[0]?.report.title).toBe("Cancelled by bob");
  });

  it("stays as it is when it has ended, and the answer says so", async () => {
    await world.handle(pushOf(A));
    await world.work();
    await world.settled();
    await cancel();
    expect(await world.states(A)).toEqual(["success"]);
    expect(note()).toContain("nothing to cancel");
  });

  it("is built again by a later push or word", async () => {
    await world.handle(pushOf(A));
    await cancel();
    await world.handle(commentOf({ kind: "commit", commit: A }, "/build"));
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["success"]);
  });

  it("are a pull request's builds of older commits as well", async () => {
    world.configure("supersede: false\n", A, B);
    await world.handle(pushOf(B, "feature"));
    await world.handle(pullRequestOf(headOf(B)));
    await world.handle(pullRequestOf(headOf(A), "updated"));
    await world.handle(commentOf(12, "/cancel"));
    expect((await world.kept()).map(({ cancellation }) => cancellation?.by)).toEqual(["bob", "bob"]);
  });

  it("is nothing that came after a comment that is heard of hours later", async () => {
    await world.handle(pushOf(A, "main"));
    const writtenAt = world.later() - 3_600_000;
    await world.handle(commentOf({ kind: "commit", commit: A }, "/cancel", { writtenAt }));
    expect(note()).toContain("there is nothing to cancel");
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["success"]);
  });

  it("is one image when it is named", async () => {
    world.configure("images:\n  - name: api\n  - name: web\n", A);
    await world.handle(pushOf(A));
    await world.handle(commentOf({ kind: "commit", commit: A }, "/cancel api"));
    const cancelled = (await world.kept()).filter(({ cancellation }) => cancellation);
    expect(cancelled.map(({ request }) => request.image.name)).toEqual(["api"]);
  });

  it("is what the pressed button is on, by whoever may", async () => {
    await world.handle(pushOf(A));
    const [build] = await world.kept();
    if (!build) throw new Error("nothing is kept");
    const target = { kind: "build", id: build.request.id } as const;
    await world.handle(buttonOf("cancel", target, "eve"));
    expect((await world.kept())[0]?.cancellation).toBeUndefined();
    await world.handle(buttonOf("cancel", target));
    expect((await world.kept())[0]?.cancellation).toMatchObject({ reason: "asked", by: "bob" });
  });
});
