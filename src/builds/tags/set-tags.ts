import type { Build, LaterTag, PushedImage } from "../../core/build.ts";
import { formatTagged } from "../../core/image-reference.ts";
import type { BuildPorts } from "../build-ports.ts";
import { newestOfBranch } from "./newest-of-branch.ts";

/**
 * Puts a pushed image's tags on it, beyond its commit's. A tag that follows a branch stays where it is when a newer
 * commit of that branch has it already. Doing it again changes nothing.
 */
export async function setTags(
  { history, registry, pull }: Pick<BuildPorts, "history" | "registry" | "pull">,
  build: Build,
  image: PushedImage,
): Promise<PushedImage> {
  const { path } = build.request.image;
  const tagged: PushedImage["tagged"] = [image.tagged[0]];
  const outdatedTags: string[] = [];
  for (const wish of wishesOf(build)) {
    if (await isOutdated(wish)) {
      outdatedTags.push(wish.name);
    } else {
      await registry.tag(path, image.digest, wish.name);
      tagged.push(formatTagged(pull, path, wish.name));
    }
  }
  const { outdatedTags: _, ...rest } = image;
  return { ...rest, tagged, ...(outdatedTags.length > 0 ? { outdatedTags } : {}) };

  async function isOutdated({ moves, branch, pushedAt }: LaterTag): Promise<boolean> {
    if (!moves || branch === undefined) return false;
    return (await newestOfBranch(history, build.request, branch, pushedAt)) !== undefined;
  }
}

/** By name, as the last push asked for it. */
function wishesOf({ request, laterTags = [] }: Build): LaterTag[] {
  const { branch, pushedAt, image } = request;
  const own = image.tags.map(
    (wish): LaterTag => ({ ...wish, pushedAt, ...(branch === undefined ? {} : { branch }) }),
  );
  return [...new Map([...own, ...laterTags].map((wish) => [wish.name, wish])).values()];
}
