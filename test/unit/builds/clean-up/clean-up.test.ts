import { pino } from "pino";
import { beforeEach, describe, expect, it } from "vitest";
import type { SeenUses } from "../../../../src/builders/image-uses.ts";
import { cleanUp } from "../../../../src/builds/clean-up/clean-up.ts";
import type { CleanUpPorts } from "../../../../src/builds/clean-up/clean-up-ports.ts";
import type { Build, BuildRequest } from "../../../../src/core/build.ts";
import { BuildFault } from "../../../../src/core/build-fault.ts";
import type { Digest } from "../../../../src/core/image-reference.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";
import { createFakeHistory } from "../../../fakes/fake-history.ts";
import { createFakeImageShelf } from "../../../fakes/fake-image-shelf.ts";
import { built, commitTag, NOW } from "../../core/clean-up/shelf.ts";

const SHOP = "acme/shop";
const { image, repository } = buildRequestOf(1);

let fake: ReturnType<typeof createFakeImageShelf>;
let history: ReturnType<typeof createFakeHistory>;
let ports: CleanUpPorts;
let seen: SeenUses;
beforeEach(() => {
  fake = createFakeImageShelf();
  history = createFakeHistory();
  seen = { uses: [], unseen: [], hasAllPods: true };
  ports = {
    leftovers: { list: async () => [], remove: async () => {}, close() {} },
    ...{ history, shelf: fake.shelf, uses: { look: async () => structuredClone(seen) } },
    policy: {
      keepPerBranch: 1,
      keepDays: 30,
      keepGitTags: true,
      repositories: ["**"],
      namespaces: [],
      delete: false,
    },
    now: () => NOW,
    log: pino({ level: "silent" }),
  };
});

/** A build of so many days ago and its image, tagged with the commit. */
async function pushed(number: number, daysAgo: number, changes: Partial<BuildRequest> = {}): Promise<Digest> {
  const path = changes.image?.path ?? SHOP;
  const digest = await fake.put(path, `image ${number}`, { tags: [commitTag(number)] });
  await history.add(withDigest(built(number, daysAgo, changes), digest));
  return digest;
}

function withDigest(build: Build, digest: Digest): Build {
  if (build.result?.outcome !== "success") throw new Error("no image");
  return { ...build, result: { ...build.result, image: { ...build.result.image, digest } } };
}

const flagOf = async (number: number) => (await history.get(buildRequestOf(number).id))?.isImageRemoved;
const goneOf = (report: Awaited<ReturnType<typeof cleanUp>>) =>
  report.paths.flatMap(({ gone }) => gone.map(({ digest }) => digest));

describe("a clean-up", () => {
  it("that is a dry run removes nothing, and tells what would go", async () => {
    const [old, last] = [await pushed(1, 90), await pushed(2, 80)];
    const report = await cleanUp(ports, { isDryRun: true });
    expect(goneOf(report)).toEqual([old]);
    expect(report).toMatchObject({ isDryRun: true, freedBytes: 10 + 20 + "image 1".length });
    expect(report.paths[0]?.kept).toMatchObject([
      { digest: last, keeps: ["it is among the last 1 of branch main"] },
    ]);
    expect(await fake.shelf.read(SHOP, old)).toBeDefined();
    expect(await flagOf(1)).toBeUndefined();
  });

  it("removes just that, and its builds say so", async () => {
    const [old, last] = [await pushed(1, 90), await pushed(2, 80)];
    expect(goneOf(await cleanUp(ports, { isDryRun: false }))).toEqual([old]);
    expect(await fake.shelf.read(SHOP, old)).toBeUndefined();
    expect(await fake.shelf.listTags(SHOP)).toEqual([commitTag(2)]);
    expect([await flagOf(1), await flagOf(2)]).toEqual([true, undefined]);
    expect(await fake.shelf.read(SHOP, last)).toBeDefined();
    expect(goneOf(await cleanUp(ports, { isDryRun: false }))).toEqual([]);
  });

  it("finds an image whose tag went to another one", async () => {
    const old = await pushed(1, 90);
    await pushed(2, 80);
    fake.tag(SHOP, await fake.put(SHOP, "built anew"), commitTag(1));
    expect(goneOf(await cleanUp(ports, { isDryRun: false }))).toEqual([old]);
  });

  it("removes an index before what it lists", async () => {
    const parts = [await fake.put(SHOP, "amd64"), await fake.put(SHOP, "arm64")];
    const index = await fake.putIndex(SHOP, parts, [commitTag(1)]);
    await history.add(withDigest(built(1, 90), index));
    await pushed(2, 80);
    expect(goneOf(await cleanUp(ports, { isDryRun: false }))).toEqual([index, ...parts]);
    expect(await fake.shelf.listTags(SHOP)).toEqual([commitTag(2)]);
  });

  it("removes nothing that an index lists which could not be removed", async () => {
    const parts = [await fake.put(SHOP, "amd64"), await fake.put(SHOP, "arm64")];
    const index = await fake.putIndex(SHOP, parts, [commitTag(1)]);
    await history.add(withDigest(built(1, 90), index));
    await pushed(2, 80);
    fake.failures.push(new Error("503"));
    const report = await cleanUp(ports, { isDryRun: false });
    expect(goneOf(report)).toEqual([]);
    expect(report.paths[0]?.failed).toMatchObject([{ digest: index }]);
    expect(report.paths[0]?.kept).toContainEqual(
      expect.objectContaining({ digest: parts[0], keeps: [`\`${index}\` lists it`] }),
    );
  });

  it("looks at paths of repositories that the policy includes, or that are named", async () => {
    const other = { repository: { ...repository, name: "other" }, image: { ...image, path: "acme/other" } };
    const [old] = [await pushed(1, 90), await pushed(2, 80)];
    const others = [await pushed(3, 90, other), await pushed(4, 80, other)];
    ports.policy.repositories = ["acme/shop"];
    expect(goneOf(await cleanUp(ports, { isDryRun: true }))).toEqual([old]);
    expect(goneOf(await cleanUp(ports, { isDryRun: true, imagePaths: ["acme/other"] }))).toEqual([others[0]]);
  });

  it("removes nothing when not all pods can be looked at, and says what to do", async () => {
    const old = await pushed(1, 90);
    await pushed(2, 80);
    seen = { uses: [], unseen: ["listing pods: 403"], hasAllPods: false };
    const report = await cleanUp(ports, { isDryRun: false });
    expect(report).toMatchObject({ isDryRun: true, refusal: expect.stringContaining("cleanUp.namespaces") });
    expect(await fake.shelf.read(SHOP, old)).toBeDefined();
  });

  it("tells why the registry refuses, and goes on with the next", async () => {
    const olds = [await pushed(1, 90), await pushed(2, 80)];
    await pushed(3, 70);
    const refusal = {
      class: "permanent",
      code: "removal-refused",
      title: "Refused",
      cause: "405",
      remedy: "Enable it.",
    } as const;
    fake.failures.push(new BuildFault(refusal));
    const [path] = (await cleanUp(ports, { isDryRun: false })).paths;
    expect(path).toMatchObject({
      failed: [{ digest: olds[0], cause: expect.stringContaining("Enable it.") }],
      gone: [{ digest: olds[1] }],
    });
    expect([await flagOf(1), await flagOf(2)]).toEqual([false, true]);
  });

  it("leaves the mark on builds whose image is gone although the registry's answer was lost", async () => {
    await pushed(1, 90);
    await pushed(2, 80);
    const { remove } = fake.shelf;
    fake.shelf.remove = async (...image) => {
      await remove(...image);
      throw new Error("socket hang up");
    };
    expect((await cleanUp(ports, { isDryRun: false })).paths).toMatchObject([{ failed: [{}], gone: [] }]);
    expect(await flagOf(1)).toBe(true);
  });

  it("goes on with the next path when one cannot be looked at", async () => {
    const old = await pushed(1, 90, { image: { ...image, path: "acme/zoo" } });
    await pushed(2, 80, { image: { ...image, path: "acme/zoo" } });
    await pushed(3, 90);
    const { listTags } = fake.shelf;
    fake.shelf.listTags = async (path) => {
      if (path === SHOP) throw new Error("503");
      return listTags(path);
    };
    const report = await cleanUp(ports, { isDryRun: false });
    expect(report.paths).toMatchObject([{ imagePath: SHOP, fault: "503" }, { gone: [{ digest: old }] }]);
  });
});

describe("right before it removes an image, a clean-up sees", () => {
  /** What happens between the decision and the removal. */
  async function meanwhile(happens: (old: Digest) => unknown) {
    const old = await pushed(1, 90);
    await pushed(2, 80);
    const { change } = history;
    ports.history = {
      ...history,
      async change(...changes) {
        ports.history = history;
        const answer = await change(...changes);
        await happens(old);
        return answer;
      },
    };
    const report = await cleanUp(
      { ...ports, history: { ...history, change: (...changes) => ports.history.change(...changes) } },
      { isDryRun: false },
    );
    expect(goneOf(report)).toEqual([]);
    expect(await fake.shelf.read(SHOP, old)).toBeDefined();
    expect(await flagOf(1)).toBe(false);
    return report.paths[0]?.kept.find(({ digest }) => digest === old)?.keeps;
  }

  it("a tag that somebody set", async () => {
    expect(await meanwhile((old) => fake.tag(SHOP, old, "prod"))).toEqual([
      "`prod` is no tag that Pushwright is known to have set",
    ]);
  });

  it("a tag that came from another image", async () => {
    fake.tag(SHOP, await fake.put(SHOP, "strange"), "prod");
    expect(await meanwhile((old) => fake.tag(SHOP, old, "prod"))).toHaveLength(1);
  });

  it("an index that came and lists it", async () => {
    const keeps = await meanwhile((old) => fake.putIndex(SHOP, [old], ["multi"]));
    expect(keeps).toEqual([expect.stringMatching(/^`sha256:[0-9a-f]{64}` lists it$/)]);
  });

  it("a pod that started", async () => {
    const keeps = await meanwhile((old) => {
      seen.uses.push({ by: "pod a/b", references: [`localhost:5000/${SHOP}@${old}`] });
    });
    expect(keeps).toEqual(["`pod a/b` uses it"]);
  });

  it("a branch that was made at its commit", async () => {
    const wants = [{ line: "branch release", pushedAt: NOW, mayBeSuperseded: false }];
    const keeps = await meanwhile(() => history.change(buildRequestOf(1).id, { wants }));
    expect(keeps).toContain("it is not 30 days old");
  });

  it("that it may not look at pods any more", async () => {
    expect(await meanwhile(() => (seen = { ...seen, hasAllPods: false }))).toEqual([
      "not all pods of the cluster could be looked at",
    ]);
  });
});
