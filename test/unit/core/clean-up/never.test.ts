import fc from "fast-check";
import { expect, it } from "vitest";
import type { Build } from "../../../../src/core/build.ts";
import { decideCleanUp } from "../../../../src/core/clean-up/decide-clean-up.ts";
import type { ShelvedImage } from "../../../../src/core/clean-up/shelved-image.ts";
import { buildRequestOf } from "../../../contract/build-request.ts";
import { built, commitTag, DAY, digest, NOW, shelved } from "./shelf.ts";

const { image } = buildRequestOf(1);
const BRANCHES = ["main", "dev"];

/** A registry's path with builds of branches and Git tags, tags set by hand, indexes, and users in the cluster. */
const scene = fc
  .array(
    fc.record({
      daysAgo: fc.integer({ min: 0, max: 200 }),
      branch: fc.constantFrom(...BRANCHES),
      gitTag: fc.option(fc.constantFrom("v1", "v2"), { nil: undefined, freq: 4 }),
      byHand: fc.boolean(),
      isTagged: fc.boolean(),
      isUsed: fc.integer({ min: 0, max: 5 }).map((number) => number === 0),
      lists: fc.array(fc.nat({ max: 15 }), { maxLength: 2 }),
      isForgotten: fc.boolean(),
    }),
    { maxLength: 16 },
  )
  .map((entries) => {
    const images: ShelvedImage[] = [];
    const builds: Build[] = [];
    const uses = new Map<string, string[]>();
    for (const [number, entry] of entries.entries()) {
      const { daysAgo, branch, gitTag, byHand, isTagged, isUsed, isForgotten } = entry;
      const tags = [
        ...(isTagged ? [commitTag(number)] : []),
        ...(byHand ? [`hand-${number}`] : []),
        ...(gitTag ? [`${gitTag}-${number}`] : []),
      ];
      const lists = entry.lists.filter((other) => other < entries.length && other !== number).map(digest);
      images.push(shelved(number, tags, { lists }));
      const wish = gitTag
        ? { gitTag, image: { ...image, tags: [{ name: `${gitTag}-${number}`, moves: false }] } }
        : {};
      if (!isForgotten) builds.push(built(number, daysAgo, { branch, ...wish }));
      if (isUsed) uses.set(digest(number), ["`pod a/b`"]);
    }
    return { images, builds, uses, entries };
  });
const rules = fc.record({
  keepPerBranch: fc.integer({ min: 1, max: 5 }),
  keepDays: fc.integer({ min: 1, max: 100 }),
  keepGitTags: fc.boolean(),
});

function goingOf(
  { images, builds, uses }: Pick<Parameters<typeof decideCleanUp>[0], "images" | "builds" | "uses">,
  rule: Parameters<typeof decideCleanUp>[1],
) {
  const verdicts = decideCleanUp({ images, builds, uses }, rule, NOW);
  expect(verdicts.map(({ image }) => image.digest)).toEqual(images.map(({ digest }) => digest));
  return new Set(verdicts.filter(({ keeps }) => keeps.length === 0).map(({ image }) => image.digest));
}

it("never removes what is used, what somebody's own tag names, or what is young", () => {
  let removed = 0;
  fc.assert(
    fc.property(scene, rules, ({ images, builds, uses, entries }, rule) => {
      const going = goingOf({ images, builds, uses }, rule);
      removed += going.size;
      for (const [number, entry] of entries.entries()) {
        if (!going.has(digest(number))) continue;
        expect(entry.isUsed).toBe(false);
        expect(entry.byHand).toBe(false);
        expect(entry.isForgotten || entry.daysAgo >= rule.keepDays).toBe(true);
      }
    }),
  );
  expect(removed).toBeGreaterThan(0);
});

it("never leaves a branch with fewer than the policy says, of those that there are", () => {
  fc.assert(
    fc.property(scene, rules, ({ images, builds, uses }, rule) => {
      const going = goingOf({ images, builds, uses }, rule);
      for (const branch of BRANCHES) {
        const own = builds.filter(({ request }) => request.gitTag === undefined && request.branch === branch);
        const pushed = own.map((build) => ({
          at: build.request.pushedAt,
          digest: build.result?.outcome === "success" && build.result.image.digest,
        }));
        const kept = pushed.filter((one) => one.digest && !going.has(one.digest));
        expect(kept.length).toBeGreaterThanOrEqual(Math.min(rule.keepPerBranch, own.length));
        // And they are the newest: none that goes is newer than the Nth that stays.
        const newest =
          kept.map(({ at }) => at).toSorted((one, other) => other - one)[rule.keepPerBranch - 1] ??
          Number.NEGATIVE_INFINITY;
        for (const one of pushed)
          if (one.digest && going.has(one.digest)) expect(one.at).toBeLessThanOrEqual(newest);
      }
    }),
  );
});

it("keeps every Git tag if it is to, and every image that a kept index lists", () => {
  fc.assert(
    fc.property(scene, rules, ({ images, builds, uses, entries }, rule) => {
      const going = goingOf({ images, builds, uses }, rule);
      for (const [number, { gitTag, isForgotten }] of entries.entries())
        if (rule.keepGitTags && gitTag && !isForgotten) expect(going.has(digest(number))).toBe(false);
      for (const image of images)
        if (!going.has(image.digest)) for (const listed of image.lists) expect(going.has(listed)).toBe(false);
    }),
  );
});

it("removes no more when a tag, a user or a day is added", () => {
  fc.assert(
    fc.property(scene, rules, fc.nat({ max: 15 }), ({ images, builds, uses }, rule, number) => {
      const going = goingOf({ images, builds, uses }, rule);
      const tagged = images.map((one, place) =>
        place === number ? { ...one, tags: [...one.tags, "new"] } : one,
      );
      const used = new Map([...uses, [digest(number), ["`pod new/new`"]]]);
      for (const fewer of [
        goingOf({ images: tagged, builds, uses }, rule),
        goingOf({ images, builds, uses: used }, rule),
        goingOf({ images, builds, uses }, { ...rule, keepDays: rule.keepDays + 1 }),
      ])
        expect(fewer.isSubsetOf(going)).toBe(true);
    }),
  );
});

it("takes a number of days as whole days", () => {
  const facts = {
    images: [shelved(1, [commitTag(1)]), shelved(2)],
    builds: [built(1, 30), built(2, 29)],
    uses: new Map(),
  };
  const rule = { keepPerBranch: 1, keepDays: 30, keepGitTags: true };
  expect(decideCleanUp(facts, rule, NOW - 1).map(({ keeps }) => keeps.length > 0)).toEqual([true, true]);
  expect(decideCleanUp(facts, rule, NOW).map(({ keeps }) => keeps.length > 0)).toEqual([false, true]);
  expect(DAY).toBe(86_400_000);
});
