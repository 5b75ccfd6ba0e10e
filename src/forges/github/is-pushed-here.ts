import type { Octokit } from "@octokit/rest";
import type { CommitSha } from "../../core/commit-sha.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/**
 * GitHub cannot be asked which branches hold a commit. It tells of which ones it is the head, whether the default branch
 * holds it, and which open pull requests do: an earlier commit of another branch without a pull request is taken for a
 * stranger's.
 */
export async function isPushedToGitHub(
  client: GitHubClient,
  repository: Repository,
  commit: CommitSha,
  defaultBranch: string,
): Promise<boolean> {
  const doing = `asking whether ${formatPlace(repository, commit)} was pushed there`;
  const builds = { repository, permissions: TOKEN_PERMISSIONS.builds, doing };
  const isOnBranch = await client.ask(
    builds,
    async (octokit) =>
      (await isHead(octokit, repository, commit)) ||
      (await isHeldBy(octokit, repository, commit, defaultBranch)),
  );
  if (isOnBranch) return true;
  const pullRequests = { repository, permissions: TOKEN_PERMISSIONS.pullRequests, doing };
  return client.ask(pullRequests, (octokit) => isInOwnPullRequest(octokit, repository, commit));
}

/** https://docs.github.com/en/rest/commits/commits#list-branches-for-head-commit */
async function isHead(octokit: Octokit, repository: Repository, commit: CommitSha): Promise<boolean> {
  const where = { ...placeOf(repository), commit_sha: commit };
  return orFalse(async () => (await octokit.rest.repos.listBranchesForHeadCommit(where)).data.length > 0);
}

async function isHeldBy(
  octokit: Octokit,
  repository: Repository,
  commit: CommitSha,
  branch: string,
): Promise<boolean> {
  const where = { ...placeOf(repository), basehead: `${branch}...${commit}`, per_page: 1 };
  return orFalse(async () => {
    const { status } = (await octokit.rest.repos.compareCommitsWithBasehead(where)).data;
    return status === "behind" || status === "identical";
  });
}

/** https://docs.github.com/en/rest/commits/commits#list-pull-requests-associated-with-a-commit */
async function isInOwnPullRequest(
  octokit: Octokit,
  repository: Repository,
  commit: CommitSha,
): Promise<boolean> {
  const where = { ...placeOf(repository), commit_sha: commit, per_page: 100 };
  return orFalse(async () => {
    const { data } = await octokit.rest.repos.listPullRequestsAssociatedWithCommit(where);
    return data.some(
      ({ state, head, base }) =>
        state === "open" && head.repo?.id === base.repo.id && isNameOf(base.repo.full_name, repository),
    );
  });
}

/** A fork has pull requests within itself, whose commits are here as well. */
function isNameOf(fullName: string, repository: Repository): boolean {
  return fullName.toLowerCase() === formatRepository(repository).toLowerCase();
}

/** There is no such commit, or nothing that it has in common with the branch. */
async function orFalse(ask: () => Promise<boolean>): Promise<boolean> {
  try {
    return await ask();
  } catch (error) {
    if (isAnswer(error, 404) || isAnswer(error, 422)) return false;
    throw error;
  }
}
