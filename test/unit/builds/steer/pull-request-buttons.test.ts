import { expect, it } from "vitest";
import { A, buttonOf, headOf, pullRequestOf, pushOf } from "../story-events.ts";
import { createStoryWorld } from "../story-world.ts";

it("a button on a pull request's build puts the tags of the branch that was pushed on the new image", async () => {
  const world = await createStoryWorld();
  world.forge.permissions.set("bob", "write");
  world.forge.pullRequests.set(12, { ...headOf(A), isOpen: true });
  world.configure('tags: ["{{branch}}"]\n', A);
  await world.work();
  await world.handle(pullRequestOf(headOf(A)));
  await world.settled();
  await world.handle(pushOf(A, "feature"));
  const [build] = await world.kept();
  if (build) await world.handle(buttonOf("rebuild", { kind: "build", id: build.request.id }));
  await world.settled();
  expect((await world.kept()).at(-1)).toMatchObject({
    request: { branch: "feature", image: { tags: [{ name: "feature" }] } },
    result: { outcome: "success" },
  });
});
