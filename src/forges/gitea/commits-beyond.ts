import { z } from "zod";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import type { GiteaApi } from "./api.ts";
import { placeOf } from "./place.ts";

const ListedCommit = z.object({ files: z.array(z.object({ filename: z.string() })).nullish() });

const COST = { stat: false, verification: false };

/**
 * The paths that commits changed which `commit` has in its history and `known` has not; `"unknown"` when they are more
 * than `maxCommits`. A merge counts as what it brought to its first parent; a renamed file by both its names.
 * https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetAllCommits
 */
export async function fetchPathsBeyond(
  api: GiteaApi,
  repository: Repository,
  { commit, known, maxCommits }: { commit: CommitSha; known: CommitSha; maxCommits: number },
): Promise<string[] | "unknown"> {
  const query = { sha: commit, not: known, ...COST, files: true };
  const paths = new Set<string>();
  let commits = 0;
  const path = [...placeOf(repository), "commits"];
  for await (const page of api.fetchPages({ path, query }, ListedCommit, { isCounted: true })) {
    commits += page.length;
    if (commits > maxCommits) return "unknown";
    for (const { files } of page) for (const { filename } of files ?? []) paths.add(filename);
  }
  return [...paths];
}

/** Whether `head` has the commit in its history. */
export async function isHeldBy(
  api: GiteaApi,
  repository: Repository,
  commit: CommitSha,
  head: CommitSha,
): Promise<boolean> {
  const query = { sha: commit, not: head, ...COST, files: false, limit: 1 };
  const path = [...placeOf(repository), "commits"];
  const beyond = await api.fetchJson({ path, query }, z.array(ListedCommit).nullable());
  return (beyond ?? []).length === 0;
}
