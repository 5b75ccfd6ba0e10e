import { describe, expect, it } from "vitest";
import {
  decideCleanUp,
  type KeepRules,
  type ShelfFacts,
} from "../../../../src/core/clean-up/decide-clean-up.ts";
import { imageLabelsOf } from "../../../../src/core/image-labels.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";
import { built, commitTag, DAY, digest, NOW, shelved } from "./shelf.ts";

const RULES: KeepRules = { keepPerBranch: 1, keepDays: 30, keepGitTags: true };
const { image } = buildRequestOf(1);

/** By the images' numbers, why each is kept; empty for one that goes. */
function decide(facts: Partial<ShelfFacts>, rules: Partial<KeepRules> = {}): Record<string, string[]> {
  const verdicts = decideCleanUp(
    { images: [], builds: [], uses: new Map(), ...facts },
    { ...RULES, ...rules },
    NOW,
  );
  return Object.fromEntries(
    verdicts.map(({ image, keeps }) => [Number(`0x${image.digest.slice(7)}`), keeps]),
  );
}

describe("an image of a branch", () => {
  const images = [1, 2, 3].map((number) => shelved(number, [commitTag(number)]));
  const builds = [built(1, 90), built(2, 80), built(3, 70)];

  it("goes when it is old, and newer ones of its branch are kept", () => {
    expect(decide({ images, builds })).toEqual({
      1: [],
      2: [],
      3: ["it is among the last 1 of branch main"],
    });
    expect(decide({ images, builds }, { keepPerBranch: 2 })[2]).not.toEqual([]);
  });

  it("stays for as many days as the policy says", () => {
    const young = [built(1, 31), built(2, 29), built(3, 1)];
    expect(decide({ images, builds: young })).toMatchObject({ 1: [], 2: ["it is not 30 days old"] });
  });

  it("is counted by commits and by when they were pushed, not by when they were built", () => {
    const anew = { ...built(1, 40, { pushedAt: NOW - 90 * DAY }) };
    expect(
      decide({ images, builds: [anew, builds[1], builds[2]].flatMap((one) => one ?? []) }),
    ).toMatchObject({ 1: [], 2: [] });
    const twice = [built(3, 70), built(2, 80, { commit: buildRequestOf(3).commit }), built(1, 90)];
    expect(
      decide(
        { images: [shelved(3, [commitTag(3)]), shelved(2), shelved(1)], builds: twice },
        { keepPerBranch: 2 },
      ),
    ).toEqual({
      3: ["it is among the last 2 of branch main"],
      2: ["it is among the last 2 of branch main"],
      1: ["it is among the last 2 of branch main"],
    });
  });

  it("is each branch's own, also of one that came to the commit later", () => {
    const [first = built(1, 90), ...rest] = builds;
    const wants = ["branch main", "branch release"].map((line) => ({
      line,
      pushedAt: NOW - 90 * DAY,
      mayBeSuperseded: false,
    }));
    expect(decide({ images, builds: [{ ...first, wants }, ...rest] })[1]).toEqual([
      "it is among the last 1 of branch release",
    ]);
  });

  it("stays with a tag that Pushwright did not set, and with one that moves", () => {
    const tagged = (name: string) => [shelved(1, [commitTag(1), name]), ...images.slice(1)];
    const wish = (name: string, moves: boolean) => [
      built(1, 90, { image: { ...image, tags: [{ name, moves }] } }),
      ...builds.slice(1),
    ];
    expect(decide({ images: tagged("prod"), builds })[1]).toEqual([
      "`prod` is no tag that Pushwright is known to have set",
    ]);
    expect(decide({ images: tagged("latest"), builds: wish("latest", true) })[1]).toEqual([
      "`latest` names it now",
    ]);
    expect(decide({ images: tagged("x-1"), builds: wish("x-1", false) })[1]).toEqual([]);
  });

  it("stays with a tag that only a build asked for that pushed nothing", () => {
    const pullRequest = { number: 7, isFork: true, baseBranch: "main" };
    const { result: _, ...fork } = built(4, 90, {
      pullRequest,
      image: { ...image, tags: [{ name: "v1.7", moves: true }] },
    });
    const tagged = [shelved(1, [commitTag(1), "v1.7"]), ...images.slice(1)];
    expect(decide({ images: tagged, builds: [...builds, fork] })[1]).toEqual([
      "`v1.7` is no tag that Pushwright is known to have set",
    ]);
  });

  it("stays while its commit is being built", () => {
    const again = { ...built(1, 90), state: "running" as const };
    expect(decide({ images, builds: [...builds, again] })[1]).toEqual(["its commit is being built"]);
  });

  it("stays when its commit's tag is another's by now, and nobody knows where it is from", () => {
    expect(decide({ images: [shelved(1, ["v1"])] })[1]).toEqual([
      "neither the history nor its labels tell where it is from",
    ]);
  });

  it("is known by its labels, however much the history forgot", () => {
    const labels = (number: number) =>
      imageLabelsOf(buildRequestOf(number, { acceptedAt: NOW - (100 - number) * DAY }));
    const labelled = [1, 2].map((number) => shelved(number, [commitTag(number)], { labels: labels(number) }));
    expect(decide({ images: labelled })).toEqual({ 1: [], 2: ["it is among the last 1 of branch main"] });
    expect(
      decide({
        images: [{ ...labelled[0], tags: [commitTag(1), "main"] } as never, labelled[1] as never],
      })[1],
    ).toEqual(["`main` is no tag that Pushwright is known to have set"]);
  });
});

describe("an image of a Git tag or a pull request", () => {
  const gitTag = { gitTag: "v1", image: { ...image, tags: [{ name: "v1", moves: false }] } };
  const facts = { images: [shelved(1, ["v1"])], builds: [built(1, 400, gitTag)] };

  it("stays as long as Git tags are kept", () => {
    expect(decide(facts)[1]).toEqual(["`v1` is a Git tag's", "it was built for the tag v1"]);
    expect(decide(facts, { keepGitTags: false })[1]).toEqual([]);
  });

  it("stays without its tag as well", () => {
    expect(decide({ ...facts, images: [shelved(1)] })[1]).toEqual(["it was built for the tag v1"]);
  });

  it("of a pull request goes when it is old", () => {
    const pullRequest = { number: 7, isFork: false, baseBranch: "main" };
    const builds = [
      built(1, 31, { pullRequest, image: { ...image, tags: [{ name: "pr-7", moves: true }] } }),
    ];
    expect(decide({ images: [shelved(1, [commitTag(1), "pr-7"])], builds })[1]).toEqual([]);
  });
});

describe("an index", () => {
  const index = (tags: string[]) => shelved(1, tags, { lists: [digest(2), digest(3)] });
  const parts = [shelved(2), shelved(3)];

  it("keeps what it lists", () => {
    expect(decide({ images: [index(["mine"]), ...parts] })).toMatchObject({
      2: [`\`${digest(1)}\` lists it`],
      3: [`\`${digest(1)}\` lists it`],
    });
  });

  it("goes with what it lists, unless a part is used", () => {
    const facts = { images: [index([]), ...parts, shelved(4)], builds: [built(1, 90), built(4, 80)] };
    expect(decide(facts)).toMatchObject({ 1: [], 2: [], 3: [] });
    const used = decide({ ...facts, uses: new Map([[digest(2), ["`pod a/b`"]]]) });
    expect(used).toMatchObject({
      1: [`it lists \`${digest(2)}\``],
      2: ["`pod a/b` uses it"],
      3: [`\`${digest(1)}\` lists it`],
    });
  });
});
