import { z } from "zod";
import type { Build, BuildRequest } from "../build.ts";
import { tagsOf } from "../build-tags.ts";
import { lineOf, wantsOf } from "../build-wants.ts";
import { CommitSha, formatShortSha } from "../commit-sha.ts";
import type { Digest } from "../image-reference.ts";
import type { ShelvedImage } from "./shelved-image.ts";

/** For what an image was built: a branch, Git tag or pull request as `lineOf` names it, and when that was pushed. */
export type ImageOrigin = { line: string; commit: CommitSha; pushedAt: number };

/** A tag as the bot sets it. A commit's own has no line, for it is of all of them. */
export type SetTag = { line?: string; moves: boolean };

export type ImageKnowledge = {
  origins: ImageOrigin[];
  /** When somebody last asked for it, in milliseconds since 1970. */
  askedAt: number;
  /** By their names, the tags of the image that the bot sets. */
  tags: Map<string, SetTag[]>;
};

const LINE_LABEL = "dev.pushwright.line";

/** Has an image tell by itself for what it was built: longer than the history remembers it. */
export function lineLabel(request: BuildRequest): Record<string, string> {
  return { [LINE_LABEL]: lineOf(request) };
}

const Labels = z.object({
  [LINE_LABEL]: z.string(),
  "org.opencontainers.image.revision": CommitSha,
  "org.opencontainers.image.created": z.iso.datetime().transform((time) => Date.parse(time)),
});

/** Tells of an image what is known of it, from its path's builds and from its labels. Undefined when nothing is. */
export function createImageKnowledge(
  builds: readonly Build[],
): (image: ShelvedImage) => ImageKnowledge | undefined {
  const byDigest = Map.groupBy(builds, pushedDigest);
  // A build that pushed nothing set no tag, whatever names it asked for: a fork's pull request may ask for any.
  const pushed = builds.filter((build) => pushedDigest(build) !== undefined);
  const wishes = Map.groupBy(pushed.flatMap(tagsOf), ({ name }) => name);
  return (image) => {
    const own = byDigest.get(image.digest) ?? [];
    const origins: ImageOrigin[] = own.flatMap((build) =>
      wantsOf(build).map(({ line, pushedAt }) => ({ line, commit: build.request.commit, pushedAt })),
    );
    const asked = own.map(({ request }) => request.acceptedAt);
    const labels = Labels.safeParse(image.labels).data;
    if (labels) {
      const { [LINE_LABEL]: line, "org.opencontainers.image.revision": commit } = labels;
      const askedAt = labels["org.opencontainers.image.created"];
      asked.push(askedAt);
      if (!origins.some((origin) => origin.line === line)) origins.push({ line, commit, pushedAt: askedAt });
    }
    if (origins.length === 0) return undefined;
    const askedAt = Math.max(...asked, ...origins.map(({ pushedAt }) => pushedAt));
    return { origins, askedAt, tags: setTags(image, origins, wishes) };
  };
}

/** A tag is the bot's by its name: it may have been another build's before it came to this image. */
function setTags(
  { tags }: ShelvedImage,
  origins: readonly ImageOrigin[],
  wishes: ReadonlyMap<string, readonly SetTag[]>,
): Map<string, SetTag[]> {
  const ofCommits = new Set<string>(origins.flatMap(({ commit }) => [commit, formatShortSha(commit)]));
  const known = tags.map((name): [string, SetTag[]] => {
    const own = ofCommits.has(name) ? [{ moves: false }] : [];
    return [name, [...own, ...(wishes.get(name) ?? [])]];
  });
  return new Map(known.filter(([, found]) => found.length > 0));
}

export function pushedDigest({ result }: Build): Digest | undefined {
  return result?.outcome === "success" ? result.image.digest : undefined;
}
