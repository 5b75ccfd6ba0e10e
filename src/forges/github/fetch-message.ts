import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** https://docs.github.com/en/rest/git/commits#get-a-commit-object: the commit alone, without the files that it changes. */
export async function fetchGitHubMessage(
  client: GitHubClient,
  repository: Repository,
  commit: CommitSha,
): Promise<string> {
  const doing = `fetching the message of ${formatPlace(repository, commit)}`;
  return client.ask({ repository, permissions: TOKEN_PERMISSIONS.builds, doing }, async (octokit) => {
    const { data } = await octokit.rest.git.getCommit({ ...placeOf(repository), commit_sha: commit });
    if (typeof data?.message !== "string") throw new Error("GitHub's answer holds no message");
    return data.message;
  });
}
