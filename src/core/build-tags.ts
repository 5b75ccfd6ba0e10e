import type { Build, LaterTag } from "./build.ts";
import { lineOf } from "./build-wants.ts";

/** All tags of a build's image besides its commit's, each as the last push asked for it. */
export function tagsOf({ request, laterTags = [] }: Build): LaterTag[] {
  const { image, pushedAt } = request;
  const own = image.tags.map((tag): LaterTag => ({ ...tag, line: lineOf(request), pushedAt }));
  return [...new Map([...own, ...laterTags].map((tag) => [tag.name, tag])).values()];
}
