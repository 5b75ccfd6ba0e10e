import type { AskedRef } from "../../core/asking.ts";
import type { Build } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";

/** What a build's commit stood for when it was asked for. A pull request is looked up, as its base may have moved. */
export async function refOfBuild(
  { forgeOf }: Pick<BuildPorts, "forgeOf">,
  { request }: Build,
): Promise<AskedRef> {
  const { repository, commit, branch, gitTag, pullRequest } = request;
  if (pullRequest) {
    const now = await forgeOf(repository).fetchPullRequest(repository, pullRequest.number);
    // The check belongs to the commit that it was made for, wherever the pull request is by now.
    return {
      kind: "pull-request",
      pullRequest: { ...now, commit, isFork: now.isFork || pullRequest.isFork },
    };
  }
  if (gitTag !== undefined) return { kind: "tag", gitTag };
  return branch === undefined ? { kind: "commit" } : { kind: "branch", branch };
}
