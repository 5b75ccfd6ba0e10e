import type { Build, BuildRequest, LaterTag } from "../../core/build.ts";
import { tagsOf } from "../../core/build-tags.ts";
import { lineOf } from "../../core/build-wants.ts";

/** The tags that a known build's image is to get later with those of another push; undefined when these are no news. */
export function wishedTags(known: Build, request: BuildRequest): LaterTag[] | undefined {
  if (request.trigger.deliveryId === known.request.trigger.deliveryId) return undefined;
  const { laterTags = [] } = known;
  const line = lineOf(request);
  const news = request.image.tags
    .map((tag): LaterTag => ({ ...tag, line, pushedAt: request.pushedAt }))
    .filter(({ name, moves, pushedAt }) => {
      const held = tagsOf(known).find((tag) => tag.name === name);
      return !held || (moves && held.pushedAt < pushedAt);
    });
  if (news.length === 0) return undefined;
  return [...laterTags.filter(({ name }) => news.every((tag) => tag.name !== name)), ...news];
}
