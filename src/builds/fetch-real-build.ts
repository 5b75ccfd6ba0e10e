import type { Build, BuildRequest, BuildResult } from "../core/build.ts";
import { buildIdOf } from "../core/build-id.ts";
import type { History } from "../history/history.ts";
import { isAskedByPerson } from "./is-asked-by-person.ts";

/**
 * The build that a check which says that nothing is built would hide: the same commit's and image's, which another event
 * wanted. A forge shows the latest of the checks of a name.
 */
export async function fetchRealBuild(
  history: Pick<History, "get">,
  request: BuildRequest,
  outcome: BuildResult["outcome"] | undefined,
): Promise<Build | undefined> {
  const isNotice = outcome === "skipped" || outcome === "neutral" || outcome === "action-required";
  if (!isNotice || isAskedByPerson(request)) return undefined;
  const { repository, commit, gitTag, image } = request;
  const id = buildIdOf({ repository, commit, gitTag, imagePath: image.path });
  return id === request.id ? undefined : history.get(id);
}
