import { beforeEach, describe, expect, it } from "vitest";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import { A, B, buttonOf, pushOf, repository, tagOf } from "../story-events.ts";
import { createStoryWorld, type StoryWorld } from "../story-world.ts";

let world: StoryWorld;
beforeEach(async () => {
  world = await createStoryWorld();
  world.forge.permissions.set("bob", "write");
  await world.work();
});

async function push(config?: string, message = "more") {
  if (config !== undefined) world.configure(config, A);
  await world.handle(pushOf(A, "main", { message }));
  await world.settled();
}
async function targetOf(name: string) {
  const check = (await world.checks()).find((shown) => shown.name === name);
  if (!check) throw new Error(`there is no check ${name}`);
  return { kind: "build", id: check.build.request.id } as const;
}
const namesOfPlans = () =>
  world.plans.map(({ destinations }) => destinations[0]?.split("/").at(-1)?.split(":")[0]);

describe("a check's button", () => {
  it.each([
    ["rebuild", true],
    ["rebuild-no-cache", false],
  ] as const)("%s builds its image again, once for each press", async (action, hasCache) => {
    await push("images:\n  - name: api\n  - name: web\n");
    const event = buttonOf(action, await targetOf("pushwright / api"));
    const at = await world.handle(event);
    await world.handle(event, at);
    await world.settled();
    await world.handle(event, at);
    expect(namesOfPlans().slice(2)).toEqual(["api"]);
    expect(world.plans[2]?.cacheRepository !== undefined).toBe(hasCache);
    expect((await world.kept()).at(-1)?.request).toMatchObject({ attempt: 2, branch: "main" });
  });

  it("of somebody without the right does nothing", async () => {
    await push();
    await world.handle(buttonOf("rebuild", await targetOf("pushwright"), "eve"));
    expect(await world.kept()).toHaveLength(1);
  });

  it("of a build that runs builds it no second time", async () => {
    const release = world.hold(A);
    await world.handle(pushOf(A));
    await world.until(() => world.plans.length === 1);
    await world.handle(buttonOf("rebuild", await targetOf("pushwright")));
    release();
    await world.settled();
    expect(world.plans).toHaveLength(1);
  });

  it.each([
    ["a faulty configuration, that is still faulty", "imagse: []\n", "more", ["failure", "failure"]],
    ["a skipped commit", "", "[skip ci]", ["skipped", "success"]],
  ])("rebuild, of %s", async (_, config, message, states) => {
    await push(config, message);
    await world.handle(buttonOf("rebuild", await targetOf("pushwright")));
    await world.settled();
    expect(await world.states(A)).toEqual(states);
  });

  it("of a commit whose archive could not be had builds all that is in it", async () => {
    const missing = { code: "archive-missing", title: "t", cause: "c", remedy: "r" };
    world.forge.failures.fetchArchive.push(new BuildFault({ class: "permanent", ...missing }));
    await push("images:\n  - name: api\n  - name: web\n");
    await world.handle(buttonOf("rebuild", await targetOf("pushwright")));
    await world.settled();
    expect(namesOfPlans().toSorted()).toEqual(["api", "web"]);
  });

  it("of another repository's build does nothing here", async () => {
    await push();
    const other = { ...repository, name: "other" };
    await world.handle({ ...buttonOf("rebuild", await targetOf("pushwright")), repository: other });
    await world.handle({ ...buttonOf("cancel", await targetOf("pushwright")), repository: other });
    expect(await world.kept()).toHaveLength(1);
    expect(world.plans).toHaveLength(1);
  });

  it("of a build that is not known any more does nothing", async () => {
    await push();
    const target = await targetOf("pushwright");
    const empty = await createStoryWorld();
    empty.forge.permissions.set("bob", "write");
    await empty.handle(buttonOf("rebuild", target));
    expect(await empty.kept()).toEqual([]);
  });

  it("of a Git tag's build keeps to that tag", async () => {
    await world.handle(tagOf(A, "v1"));
    await world.settled();
    await world.handle(buttonOf("rebuild", await targetOf("pushwright")));
    await world.settled();
    expect((await world.kept()).map(({ request }) => request.gitTag)).toEqual(["v1", "v1"]);
  });

  it("approve, of what waits for nothing, does nothing", async () => {
    await push();
    await world.handle(buttonOf("approve", await targetOf("pushwright")));
    expect(await world.kept()).toHaveLength(1);
  });
});

describe("running all checks of a commit again", () => {
  it("builds all of its images again", async () => {
    await push("images:\n  - name: api\n  - name: web\n");
    await world.handle(buttonOf("rebuild", { kind: "commit", commit: A }));
    await world.settled();
    expect(namesOfPlans().toSorted()).toEqual(["api", "api", "web", "web"]);
  });

  it("builds a commit of which nothing is known, if it was pushed here", async () => {
    await world.handle(buttonOf("rebuild", { kind: "commit", commit: B }));
    await world.settled();
    expect(await world.states(B)).toEqual(["success"]);
  });

  it("builds the commit's Git tags again too", async () => {
    await push();
    await world.handle(tagOf(A, "v1"));
    await world.settled();
    await world.handle(buttonOf("rebuild", { kind: "commit", commit: A }));
    await world.settled();
    expect((await world.kept()).slice(2).map(({ request }) => request.gitTag)).toEqual(
      expect.arrayContaining(["v1", undefined]),
    );
  });
});
