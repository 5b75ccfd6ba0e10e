import { expect, it } from "vitest";
import { A, commentOf, pushOf } from "../story-events.ts";
import { createStoryWorld } from "../story-world.ts";

async function start() {
  const world = await createStoryWorld();
  world.forge.permissions.set("bob", "write");
  await world.work();
  await world.handle(pushOf(A));
  await world.settled();
  const [first] = await world.kept();
  if (!first) throw new Error("nothing was built");
  const attempts = async () =>
    (await world.kept()).map(({ request, result }) => [request.attempt, result?.outcome]);
  return { world, first, attempts };
}

it("a commit whose image was removed is built anew for the next branch that comes to it, once", async () => {
  const { world, first, attempts } = await start();
  await world.handle(pushOf(A, "release"));
  await world.settled();
  expect(await attempts()).toEqual([[1, "success"]]);
  await world.ports.history.change(first.request.id, { isImageRemoved: true });
  await world.handle(pushOf(A, "hotfix"));
  await world.settled();
  expect(await attempts()).toEqual([
    [1, "success"],
    [2, "success"],
  ]);
  await world.handle(pushOf(A, "another"));
  await world.settled();
  expect(await attempts()).toHaveLength(2);
});

it("a commit whose image was removed is built anew by /build", async () => {
  const { world, first, attempts } = await start();
  await world.ports.history.change(first.request.id, { isImageRemoved: true });
  await world.handle(commentOf({ kind: "commit", commit: A }, "/build"));
  await world.settled();
  expect(await attempts()).toEqual([
    [1, "success"],
    [2, "success"],
  ]);
});
