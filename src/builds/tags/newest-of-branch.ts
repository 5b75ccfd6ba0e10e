import type { Build, BuildRequest } from "../../core/build.ts";
import type { History } from "../../history/history.ts";

const LOOK_BACK = 20;

/** The newest pushed image of the branch and path among those of other commits, if one was pushed after `pushedAt`. */
export async function newestOfBranch(
  history: Pick<History, "list">,
  { repository, image, commit }: BuildRequest,
  branch: string,
  pushedAt: number,
): Promise<Build | undefined> {
  const filter = { repository, branch, imagePath: image.path, states: ["completed"] as const };
  const { builds } = await history.list(filter, { size: LOOK_BACK });
  return builds.find(
    ({ request, result }) =>
      result?.outcome === "success" && request.commit !== commit && request.pushedAt > pushedAt,
  );
}
