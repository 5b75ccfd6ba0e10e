import type { BuildRequest } from "../../core/build.ts";
import type { History } from "../../history/history.ts";
import { listBuilds } from "../list-builds.ts";

/**
 * Whether a later build of the same commit and image tells more than that this one was cancelled. A forge shows only the
 * latest check of a name, so that one which appears now would hide the other.
 */
export async function isBuiltAgain(
  history: Pick<History, "list">,
  { id, repository, commit, gitTag, image, acceptedAt }: BuildRequest,
): Promise<boolean> {
  const filter = { repository, commit, imagePath: image.path };
  for await (const { request, cancellation } of listBuilds(history, filter)) {
    const isLater = request.id !== id && request.gitTag === gitTag && request.acceptedAt > acceptedAt;
    if (isLater && !cancellation) return true;
  }
  return false;
}
