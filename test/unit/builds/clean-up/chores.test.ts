import { pino } from "pino";
import { expect, it } from "vitest";
import { cleanUpChores } from "../../../../src/builds/clean-up/chores.ts";
import type { CleanUpPorts } from "../../../../src/builds/clean-up/clean-up-ports.ts";
import { createFakeHistory } from "../../../fakes/fake-history.ts";
import { createFakeImageShelf } from "../../../fakes/fake-image-shelf.ts";
import { built, commitTag, digest, NOW } from "../../core/clean-up/shelf.ts";

const never = new AbortController().signal;

async function start(policy: Partial<CleanUpPorts["policy"]>) {
  const { shelf, tag, put } = createFakeImageShelf();
  const history = createFakeHistory();
  const first = await put("acme/shop", "1");
  await put("acme/shop", "2", { tags: [commitTag(2)] });
  tag("acme/shop", first, commitTag(1));
  for (const [number, named] of [
    [1, first],
    [2, await shelf.resolve("acme/shop", commitTag(2))],
  ] as const) {
    const build = built(number, 90 - number);
    if (build.result?.outcome === "success") build.result.image.digest = named ?? digest(0);
    await history.add(build);
  }
  const chores = cleanUpChores({
    ...{ history, shelf, now: () => NOW, log: pino({ level: "silent" }) },
    uses: { look: async () => ({ uses: [], unseen: [], hasAllPods: true }) },
    leftovers: {
      list: async () => {
        throw new Error("the cluster is away");
      },
      remove: async () => {},
      close() {},
    },
    policy: {
      ...{
        keepPerBranch: 1,
        keepDays: 30,
        keepGitTags: true,
        repositories: ["**"],
        namespaces: [],
        delete: false,
      },
      ...policy,
    },
  });
  return { chores, tags: () => shelf.listTags("acme/shop") };
}

it("the bot sweeps by itself, and cleans up only when the policy says how often", async () => {
  const { chores } = await start({});
  expect(chores.map(({ everyMs }) => everyMs)).toEqual([3_600_000]);
  await chores[0]?.task(never);
});

it("the bot removes old images by itself only when the policy says so", async () => {
  for (const [policy, left] of [
    [{}, 2],
    [{ delete: true }, 1],
  ] as const) {
    const { chores, tags } = await start({ everySeconds: 60, ...policy });
    expect(chores.map(({ everyMs }) => everyMs)).toEqual([3_600_000, 60_000]);
    await chores[1]?.task(never);
    expect(await tags()).toHaveLength(left);
  }
});
