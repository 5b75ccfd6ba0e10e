import type { Build, LaterTag, PushedImage } from "../../core/build.ts";
import { tagsOf } from "../../core/build-tags.ts";
import { reachedBy } from "../../core/build-wants.ts";
import { formatTagged } from "../../core/image-reference.ts";
import type { BuildPorts } from "../build-ports.ts";
import { listBuilds } from "../list-builds.ts";

const LOOK_BACK = 200;

/**
 * Puts a pushed image's tags on it, beyond its commit's. A tag that follows a branch stays where it is when a newer
 * commit of that branch has it already. Doing it again changes nothing.
 */
export async function setTags(
  { history, registry, pull }: Pick<BuildPorts, "history" | "registry" | "pull">,
  build: Build,
  image: PushedImage,
): Promise<PushedImage> {
  const {
    repository,
    commit,
    image: { path },
  } = build.request;
  const tags = tagsOf(build);
  const others = tags.some(({ moves }) => moves) ? await fetchOthers() : [];
  const tagged: PushedImage["tagged"] = [image.tagged[0]];
  const outdatedTags: string[] = [];
  for (const tag of tags) {
    if (isOutdated(tag)) {
      outdatedTags.push(tag.name);
    } else {
      await registry.tag(path, image.digest, tag.name);
      tagged.push(formatTagged(pull, path, tag.name));
    }
  }
  const { outdatedTags: _, ...rest } = image;
  return { ...rest, tagged, ...(outdatedTags.length > 0 ? { outdatedTags } : {}) };

  /** The images of the same path that other commits have: all since the tags were wished for, and some from before. */
  async function fetchOthers(): Promise<Build[]> {
    const filter = { repository, imagePath: path, states: ["running", "completed"] as const };
    const since = Math.min(...tags.map(({ pushedAt }) => pushedAt));
    const found: Build[] = [];
    let before = 0;
    for await (const other of listBuilds(history, filter)) {
      if (other.request.commit !== commit && other.result?.outcome === "success") found.push(other);
      // A build that is older than that can still have been pushed to the branch later.
      if (other.request.acceptedAt < since) before += 1;
      if (before >= LOOK_BACK) break;
    }
    return found;
  }

  function isOutdated({ name, moves, line, pushedAt }: LaterTag): boolean {
    return moves && others.some((other) => (reachedBy(other, line) ?? 0) > pushedAt || isWishedLater(other));

    /** Each Git tag is a line of its own, and several name `v1`. */
    function isWishedLater(other: Build): boolean {
      return tagsOf(other).some((tag) => tag.moves && tag.name === name && tag.pushedAt > pushedAt);
    }
  }
}
