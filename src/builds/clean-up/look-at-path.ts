import type { Build } from "../../core/build.ts";
import { pushedDigest } from "../../core/clean-up/image-knowledge.ts";
import type { ShelvedImage } from "../../core/clean-up/shelved-image.ts";
import type { Digest } from "../../core/image-reference.ts";
import type { ImageShelf } from "../../registry/image-shelf.ts";
import { someAtOnce } from "./some-at-once.ts";

/** One path's images, as they were when they were looked at. */
export type PathLook = { imagePath: string; images: ShelvedImage[]; builds: readonly Build[] };

const AT_ONCE = 8;

/** All images of a path: those that have tags, those that builds pushed and that have none any more, and what they list. */
export async function lookAtPath(
  shelf: ImageShelf,
  imagePath: string,
  builds: readonly Build[],
): Promise<PathLook> {
  const names = await shelf.listTags(imagePath);
  const named = await someAtOnce(names, AT_ONCE, async (name) => ({
    name,
    digest: await shelf.resolve(imagePath, name),
  }));
  const tagsOf = Map.groupBy(named, ({ digest }) => digest);
  const found = new Map<Digest, ShelvedImage>();
  const pushed = builds.map(pushedDigest).filter((digest) => digest !== undefined);
  let wanted = new Set([...tagsOf.keys(), ...pushed].filter((digest) => digest !== undefined));
  while (wanted.size > 0) {
    const read = await someAtOnce([...wanted], AT_ONCE, (digest) => shelf.read(imagePath, digest));
    for (const image of read.filter((one) => one !== undefined))
      found.set(image.digest, { ...image, tags: (tagsOf.get(image.digest) ?? []).map(({ name }) => name) });
    const listed = read.flatMap((image) => image?.lists ?? []);
    wanted = new Set(listed.filter((digest) => !found.has(digest) && !wanted.has(digest)));
  }
  return { imagePath, images: [...found.values()], builds };
}

const COMMIT_TAG = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/**
 * The path's images with the tags that name the one image now, and what has come with a tag since: an index among it may
 * list the image. Tags that were another's then and are a commit's own need not be asked for again: only builds of that
 * commit set them.
 */
export async function lookAgain(
  shelf: ImageShelf,
  { imagePath, images }: PathLook,
  digest: Digest,
): Promise<ShelvedImage[]> {
  const others = new Set(images.filter((image) => image.digest !== digest).flatMap(({ tags }) => tags));
  const names = await shelf.listTags(imagePath);
  const suspects = names.filter((name) => !(others.has(name) && COMMIT_TAG.test(name)));
  const resolved = await someAtOnce(suspects, AT_ONCE, (name) => shelf.resolve(imagePath, name));
  const tags = suspects.filter((_, place) => resolved[place] === digest);
  const seen = new Set<Digest | undefined>([undefined, ...images.map((image) => image.digest)]);
  const strangers = [...new Set(resolved)].filter((one) => !seen.has(one)) as Digest[];
  const read = await someAtOnce(strangers, AT_ONCE, (one) => shelf.read(imagePath, one));
  const news = read.filter((one) => one !== undefined).map((one) => ({ ...one, tags: [] }));
  return [...images.map((one) => (one.digest === digest ? { ...one, tags } : one)), ...news];
}
