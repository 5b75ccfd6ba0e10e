import type { Build, BuildRequest } from "../core/build.ts";
import type { History } from "../history/history.ts";

const LOOK_BACK = 20;
const MOST = 5;

/** The last successful builds of the same image for the same branch, newest first: what this one is compared with. */
export async function earlierBuilds(
  history: Pick<History, "list">,
  { id, repository, branch, image, acceptedAt }: BuildRequest,
): Promise<Build[]> {
  const filter = { repository, imagePath: image.path, states: ["completed"] as const };
  const onBranch = branch === undefined ? {} : { branch };
  const { builds } = await history.list({ ...filter, ...onBranch }, { size: LOOK_BACK });
  return builds
    .filter(
      ({ request, result }) =>
        request.id !== id && request.acceptedAt <= acceptedAt && result?.outcome === "success",
    )
    .slice(0, MOST);
}
