import type { Octokit } from "@octokit/rest";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitHubClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** A comparison lists no more: https://docs.github.com/en/repositories/creating-and-managing-repositories/repository-limits#diff-limits */
const COMPARED_FILES = 300;
/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
const PULL_REQUEST_FILES = 3000;

type DiffEntry = { filename: string; previous_filename?: string };

type Changes = { since: CommitSha; commit: CommitSha } | { pullRequest: number };

export async function fetchGitHubChangedFiles(
  client: GitHubClient,
  repository: Repository,
  changes: Changes,
): Promise<string[] | "unknown"> {
  if ("pullRequest" in changes) {
    const { pullRequest } = changes;
    const doing = `fetching the files that ${formatPlace(repository, pullRequest)} changes`;
    const call = { repository, permissions: TOKEN_PERMISSIONS.pullRequests, doing };
    return client.ask(call, (octokit) => filesOfPullRequest(octokit, repository, pullRequest));
  }
  const { since, commit } = changes;
  const doing = `comparing ${formatPlace(repository, since)} with ${formatPlace(repository, commit)}`;
  const call = { repository, permissions: TOKEN_PERMISSIONS.builds, doing };
  return client.ask(call, (octokit) => filesBetween(octokit, repository, since, commit));
}

/**
 * GitHub tells what `commit` changed since both parted. Where `since` went a way of its own (it was thrown away by a
 * forced push), what it changed differs as well.
 */
async function filesBetween(
  octokit: Octokit,
  repository: Repository,
  since: CommitSha,
  commit: CommitSha,
): Promise<string[] | "unknown"> {
  const there = await compare(octokit, repository, since, commit);
  if (there === "unknown" || there.isAhead) return there === "unknown" ? there : there.paths;
  const back = await compare(octokit, repository, commit, since);
  return back === "unknown" ? back : [...new Set([...there.paths, ...back.paths])];
}

async function compare(octokit: Octokit, repository: Repository, base: CommitSha, head: CommitSha) {
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      ...placeOf(repository),
      basehead: `${base}...${head}`,
      // The files are all on the first page, the commits are not needed.
      per_page: 1,
    });
    const { files, status } = data;
    if (!files || files.length >= COMPARED_FILES) return "unknown";
    return { paths: pathsOf(files), isAhead: status === "ahead" || status === "identical" };
  } catch (error) {
    // One of them is gone (what a forced push throws away need not stay), or they have nothing in common.
    if (isAnswer(error, 404)) return "unknown";
    throw error;
  }
}

async function filesOfPullRequest(
  octokit: Octokit,
  repository: Repository,
  number: number,
): Promise<string[] | "unknown"> {
  const query = { ...placeOf(repository), pull_number: number, per_page: 100 };
  const files = await octokit.paginate(octokit.rest.pulls.listFiles, query);
  return files.length >= PULL_REQUEST_FILES ? "unknown" : pathsOf(files);
}

function pathsOf(files: DiffEntry[]): string[] {
  const paths = files.flatMap(({ filename, previous_filename: previous }) =>
    previous === undefined ? [filename] : [filename, previous],
  );
  return [...new Set(paths)];
}
