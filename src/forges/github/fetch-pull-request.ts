import type { PullRequest } from "../../core/forge-event.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { placeOf } from "./place.ts";
import { PullRequestPayload, parsePullRequest } from "./pull-request.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export async function fetchGitHubPullRequest(
  client: GitHubClient,
  repository: Repository,
  number: number,
): Promise<PullRequest & { isOpen: boolean }> {
  const doing = `fetching the pull request ${formatPlace(repository, number)}`;
  return client.ask({ repository, permissions: TOKEN_PERMISSIONS.pullRequests, doing }, async (octokit) => {
    const { data } = await octokit.rest.pulls.get({ ...placeOf(repository), pull_number: number });
    const payload = PullRequestPayload.parse(data);
    return { ...parsePullRequest(payload), isOpen: payload.state === "open" };
  });
}
