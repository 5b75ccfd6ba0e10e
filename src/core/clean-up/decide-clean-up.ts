import type { Build } from "../build.ts";
import { isBranchLine, isPullRequestLine, isTagLine } from "../build-wants.ts";
import { formatCode } from "../format-code.ts";
import type { Digest } from "../image-reference.ts";
import { createImageKnowledge, type ImageKnowledge } from "./image-knowledge.ts";
import type { ShelvedImage } from "./shelved-image.ts";

export type KeepRules = {
  /** Of each branch, the images of its newest commits. */
  keepPerBranch: number;
  keepDays: number;
  keepGitTags: boolean;
};

/** All that is known of one path's images. */
export type ShelfFacts = {
  images: readonly ShelvedImage[];
  /** Of that path, as far as the history remembers them. */
  builds: readonly Build[];
  /** By digest, who in the cluster runs or names the image. */
  uses: ReadonlyMap<string, readonly string[]>;
};

/** What becomes of an image. It goes when nothing `keeps` it: each reason is a sentence of markdown without a full stop. */
export type Verdict = { image: ShelvedImage; keeps: string[] };

const DAY = 24 * 60 * 60 * 1000;

/** Decides for each image of a path, at the time `now`. In doubt it stays. */
export function decideCleanUp(
  { images, builds, uses }: ShelfFacts,
  rules: KeepRules,
  now: number,
): Verdict[] {
  const know = createImageKnowledge(builds);
  const known = new Map(images.map((image) => [image.digest, know(image)]));
  const active = builds.filter(({ state }) => state === "queued" || state === "running");
  const building = new Set(active.map(({ request }) => request.commit));
  const newest = newestCommits([...known.values()], rules.keepPerBranch);
  const verdicts = images.map((image) => {
    const knowledge = known.get(image.digest);
    const used = (uses.get(image.digest) ?? []).map((by) => `${by} uses it`);
    return {
      image,
      keeps: [...used, ...(knowledge ? reasonsOf(image, knowledge) : unknownOf(image, images))],
    };
  });
  return withIndexes(verdicts);

  function reasonsOf(image: ShelvedImage, { origins, askedAt, tags }: ImageKnowledge): string[] {
    const reasons = image.tags.flatMap((name) => {
      const wishes = tags.get(name);
      if (!wishes) return [`${formatCode(name)} is no tag that Pushwright is known to have set`];
      if (rules.keepGitTags && wishes.some(({ line = "" }) => isTagLine(line)))
        return [`${formatCode(name)} is a Git tag's`];
      const follows = wishes.some(({ line = "", moves }) => moves && !isPullRequestLine(line));
      return follows ? [`${formatCode(name)} names it now`] : [];
    });
    for (const { line, commit } of origins) {
      if (rules.keepGitTags && isTagLine(line)) reasons.push(`it was built for the ${line}`);
      if (building.has(commit)) reasons.push("its commit is being built");
      if (newest.get(line)?.has(commit))
        reasons.push(`it is among the last ${rules.keepPerBranch} of ${line}`);
    }
    if (now - askedAt < rules.keepDays * DAY) reasons.push(`it is not ${rules.keepDays} days old`);
    return [...new Set(reasons)];
  }
}

/** What an index lists needs no origin of its own to go with it. */
function unknownOf({ digest, tags }: ShelvedImage, images: readonly ShelvedImage[]): string[] {
  const isPart = tags.length === 0 && images.some(({ lists }) => lists.includes(digest));
  return isPart ? [] : ["neither the history nor its labels tell where it is from"];
}

/** An index is kept with anything that it lists, and all that it lists with it. */
function withIndexes(verdicts: Verdict[]): Verdict[] {
  const byDigest = new Map<Digest, Verdict>(verdicts.map((verdict) => [verdict.image.digest, verdict]));
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const { image, keeps } of verdicts) {
      for (const listed of image.lists.flatMap((digest) => byDigest.get(digest) ?? [])) {
        if (keeps.length > 0 === listed.keeps.length > 0) continue;
        isSettled = false;
        if (keeps.length > 0) listed.keeps.push(`${formatCode(image.digest)} lists it`);
        else keeps.push(`it lists ${formatCode(listed.image.digest)}`);
      }
    }
  }
  return verdicts;
}

/** By branch, the commits that were pushed to it last. */
function newestCommits(
  known: readonly (ImageKnowledge | undefined)[],
  count: number,
): Map<string, Set<string>> {
  const pushes = new Map<string, Map<string, number>>();
  for (const { line, commit, pushedAt } of known.flatMap((one) => one?.origins ?? [])) {
    if (!isBranchLine(line)) continue;
    const commits = pushes.get(line) ?? new Map<string, number>();
    commits.set(commit, Math.max(pushedAt, commits.get(commit) ?? 0));
    pushes.set(line, commits);
  }
  return new Map(
    [...pushes].map(([line, commits]) => {
      const sorted = [...commits].toSorted(([, one], [, other]) => other - one);
      return [line, new Set(sorted.slice(0, count).map(([commit]) => commit))];
    }),
  );
}
