import { beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import type { BuildProgress } from "../../../../src/queue/build-queue.ts";
import { createFakeBuildQueue } from "../../../fakes/fake-build-queue.ts";
import { createFakeQueueStore } from "../../../fakes/fake-queue.ts";
import { A, commentOf, pushOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld({ places: 1 });
  world.forge.permissions.set("bob", "write");
});

const cancel = () => world.handle(commentOf({ kind: "commit", commit: A }, "/cancel"));
const outage = (code = "github-unavailable") =>
  new BuildFault({ class: "transient", code, title: "Away for now", cause: "c", remedy: "r" });

describe("a build from the queue to its end", () => {
  it("is tried again after a setback, in the same check", async () => {
    await world.handle(pushOf(A));
    const { start } = world.ports.builder;
    const failures = [outage("cluster-unreachable"), outage("cluster-unreachable")];
    world.ports.builder.start = async (plan) => {
      const failure = failures.shift();
      if (failure) throw failure;
      return start(plan);
    };
    await world.work();
    await world.settled();
    expect(await world.states(A)).toEqual(["success"]);
    expect(world.plans.map(({ tryNumber }) => tryNumber)).toEqual([3]);
    expect((await world.ports.history.list({})).builds.map(({ tries }) => tries)).toEqual([3]);
    const told = world.forge.published.map(({ report }) => report.summary);
    expect(
      told.filter((summary) => summary.includes("failed, and the build will be tried again")),
    ).toHaveLength(2);
  });

  it("is cancelled between two tries without a third", async () => {
    await world.handle(pushOf(A));
    const { start } = world.ports.builder;
    let starts = 0;
    world.ports.builder.start = async (plan) => {
      starts += 1;
      if (starts > 1) return start(plan);
      await cancel();
      throw outage();
    };
    await world.work();
    await world.settled();
    expect([starts, await world.states(A)]).toEqual([1, ["cancelled"]]);
  });

  it("is cancelled while its archive is still coming, and its place is free again", async () => {
    const { fetchArchive } = world.forge;
    world.forge.fetchArchive = async (...asked) => {
      // Read for the configuration by the push; what the build asks for later never comes.
      const archive = await fetchArchive(...asked);
      world.forge.fetchArchive = (_repository, _commit, signal) =>
        new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
      return archive;
    };
    const forgetful = await createStoryWorld({
      ...{
        places: 1,
        ports: { history: world.ports.history, builds: world.builds, forgeOf: () => world.forge },
      },
    });
    await world.handle(pushOf(A));
    await world.builds.process(forgetful.run, 10);
    await world.until(async () => (await world.states(A)).includes("in-progress"));
    await cancel();
    await world.until(async () => (await world.states(A)).includes("cancelled"));
    await forgetful.ports.places.take("any", AbortSignal.timeout(1000)).place;
  });

  it("stays a success when the word to cancel it comes as it has just ended, and is not built again for that", async () => {
    await world.handle(pushOf(A));
    const { describe: describeImage } = world.registry;
    let isCancelled = false;
    world.registry.describe = async (...asked) => {
      const image = await describeImage(...asked);
      if (image && !isCancelled) {
        isCancelled = true;
        await cancel();
      }
      return image;
    };
    await world.work();
    await world.settled();
    await world.handle(pushOf(A, "again"));
    await world.handle(commentOf({ kind: "commit", commit: A }, "/why"));
    await world.settled();
    expect([await world.states(A), world.plans.length]).toEqual([["success"], 1]);
    expect(world.forge.notes.at(-1)?.body).not.toContain("Cancelled by bob");
  });

  it("is found and finished by the process that comes after one that stopped while it ran", async () => {
    const store = createFakeQueueStore<BuildProgress>();
    const [first, second] = [createFakeBuildQueue(store), createFakeBuildQueue(store)];
    const held = world.holdEnd();
    await world.handle(pushOf(A));
    await first.enqueue((await world.kept())[0]?.request ?? nothingKept());
    await first.process(world.run, 1);
    await held.reached;
    await first.close();
    expect([await world.states(A), (await world.active()).length]).toEqual([["in-progress"], 1]);
    held.release();
    await second.process(world.run, 1);
    await world.settled();
    await second.close();
    expect(await world.states(A)).toEqual(["success"]);
    expect(new Set(world.plans.map(({ tryNumber }) => tryNumber))).toEqual(new Set([1]));
  });
});

function nothingKept(): never {
  throw new Error("nothing is kept");
}
