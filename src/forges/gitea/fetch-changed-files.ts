import { z } from "zod";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GiteaApi } from "./api.ts";
import type { GiteaClient } from "./client.ts";
import { fetchPathsBeyond } from "./commits-beyond.ts";
import { isRefusal } from "./fault.ts";
import { placeOf } from "./place.ts";

/** Gitea looks into each commit by itself, and lists what a pull request changes anew for each page. */
const MAX_COMMITS = 250;
const MAX_FILES = 1000;

const ChangedFile = z.object({ filename: z.string(), previous_filename: z.string().optional() });

type Changes = { since: CommitSha; commit: CommitSha } | { pullRequest: number };

export async function fetchGiteaChangedFiles(
  client: GiteaClient,
  repository: Repository,
  changes: Changes,
): Promise<string[] | "unknown"> {
  if ("pullRequest" in changes) {
    const { pullRequest } = changes;
    const doing = `fetching the files that ${formatPlace(repository, pullRequest)} changes`;
    return client.ask(doing, (api) => filesOfPullRequest(api, repository, pullRequest));
  }
  const { since, commit } = changes;
  if (since === commit) return [];
  const doing = `comparing ${formatPlace(repository, since)} with ${formatPlace(repository, commit)}`;
  return client.ask(doing, (api) => filesBetween(api, repository, since, commit));
}

/**
 * What either changed since both parted: `since` went a way of its own if it was thrown away by a forced push. A file that
 * was changed and changed back counts, for Gitea cannot be asked for the difference alone.
 */
async function filesBetween(
  api: GiteaApi,
  repository: Repository,
  since: CommitSha,
  commit: CommitSha,
): Promise<string[] | "unknown"> {
  const maxCommits = MAX_COMMITS;
  try {
    // In this order: a commit that is gone is told of only where its history is asked for.
    const back = await fetchPathsBeyond(api, repository, { commit: since, known: commit, maxCommits });
    if (back === "unknown") return back;
    const there = await fetchPathsBeyond(api, repository, { commit, known: since, maxCommits });
    return there === "unknown" ? there : [...new Set([...there, ...back])];
  } catch (error) {
    if (isRefusal(error, 404)) return "unknown";
    throw error;
  }
}

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetPullRequestFiles */
async function filesOfPullRequest(
  api: GiteaApi,
  repository: Repository,
  number: number,
): Promise<string[] | "unknown"> {
  const paths = new Set<string>();
  const path = [...placeOf(repository), "pulls", number, "files"];
  for await (const files of api.fetchPages({ path }, ChangedFile, { isCounted: true })) {
    for (const { filename, previous_filename } of files) {
      paths.add(filename);
      if (previous_filename) paths.add(previous_filename);
    }
    if (paths.size > MAX_FILES) return "unknown";
  }
  return [...paths];
}
