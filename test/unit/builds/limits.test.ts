import { expect, it } from "vitest";
import { createFairRoom } from "../../../src/core/fair-room.ts";
import type { Repository } from "../../../src/core/repository.ts";
import { A, B, C, commentOf, pushOf, repository, sha } from "./story-events.ts";
import { createStoryWorld } from "./story-world.ts";

const other: Repository = { ...repository, name: "other", url: "https://github.com/acme/other" };
const pushTo = (place: Repository, commit = A) => ({ ...pushOf(commit), repository: place });

it("a repository's first build is taken from the queue before the second of another that came earlier", async () => {
  const world = await createStoryWorld();
  for (const commit of [A, B, C]) await world.handle(pushTo(repository, commit));
  await world.handle(pushTo(other, sha("d")));
  await world.work(1);
  await world.settled();
  expect(world.plans.map(({ commit }) => commit.slice(0, 1))).toEqual(["a", "d", "b", "c"]);
});

it("a repository's first build has the next place that is free, whatever others have asked for before", async () => {
  const world = await createStoryWorld({ places: 1 });
  const release = world.hold(A);
  for (const commit of [A, B, C]) await world.handle(pushTo(repository, commit));
  await world.work();
  await world.until(() => world.plans.length === 1);
  await world.until(async () => (await world.states(C)).includes("queued"));
  await world.handle(pushTo(other, sha("d")));
  await world.until(async () => (await world.states(sha("d"))).includes("queued"));
  release();
  await world.until(() => world.plans.length === 4);
  expect(world.plans.map(({ commit }) => commit.slice(0, 1))).toEqual(["a", "d", "b", "c"]);
});

it("one repository never has more than its share of the places", async () => {
  const world = await createStoryWorld({ ports: { places: createFairRoom({ total: 2, perKey: 1 }) } });
  const release = world.hold(A);
  await world.handle(pushTo(repository, A));
  await world.handle(pushTo(repository, B));
  await world.handle(pushTo(other, C));
  await world.work();
  await world.until(async () => (await world.states(C)).includes("success"));
  expect(world.plans.map(({ commit }) => commit.slice(0, 1)).toSorted()).toEqual(["a", "c"]);
  release();
  await world.settled();
  expect(world.plans).toHaveLength(3);
});

it("a build that waits for a place shows its position, and then that it runs", async () => {
  const world = await createStoryWorld({ places: 1 });
  const release = world.hold(A);
  await world.handle(pushTo(repository, A));
  await world.handle(pushTo(repository, B));
  await world.handle(pushTo(repository, C));
  await world.work();
  await world.until(async () => (await world.states(C)).includes("queued"));
  const shown = (await world.checks()).find(({ build }) => build.request.commit === C);
  expect(shown?.report.summary).toContain("number 2 in the queue");
  await world.handle(commentOf({ kind: "commit", commit: C }, "/status"));
  expect(world.forge.notes.at(-1)?.body).toContain("waiting");
  release();
  await world.settled();
  expect(await world.states(C)).toEqual(["success"]);
});
