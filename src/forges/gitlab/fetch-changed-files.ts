import { z } from "zod";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";

/** A comparison may list no more: https://docs.gitlab.com/administration/diff_limits/ */
const COMPARED_FILES = 1000;

const Diff = z.object({
  old_path: z.string(),
  new_path: z.string(),
  collapsed: z.boolean().nullish(),
  too_large: z.boolean().nullish(),
});
type Diff = z.infer<typeof Diff>;

type Changes = { since: CommitSha; commit: CommitSha } | { pullRequest: number };

export async function fetchGitLabChangedFiles(
  client: GitLabClient,
  repository: Repository,
  changes: Changes,
): Promise<string[] | "unknown"> {
  if ("pullRequest" in changes) {
    const { pullRequest } = changes;
    const doing = `fetching the files that ${formatPlace(repository, pullRequest)} changes`;
    return client.ask(doing, (api) => filesOfMergeRequest(api, repository, pullRequest));
  }
  const { since, commit } = changes;
  const doing = `comparing ${formatPlace(repository, since)} with ${formatPlace(repository, commit)}`;
  return client.ask(doing, (api) => filesBetween(api, repository, since, commit));
}

const Comparison = z.object({ diffs: z.array(Diff), compare_timeout: z.boolean().nullish() });

/**
 * https://docs.gitlab.com/api/repositories/#compare-branches-tags-or-commits: `straight` compares the two as they are, and
 * not from where they parted. GitLab leaves out the text of files once there is much of it, and later whole files, of
 * which it says nothing.
 */
async function filesBetween(
  { repositories }: GitLabApi,
  { access }: Repository,
  since: CommitSha,
  commit: CommitSha,
): Promise<string[] | "unknown"> {
  try {
    const answer = await repositories.compare(access, since, commit, { straight: true });
    const { diffs, compare_timeout: isLate } = Comparison.parse(answer);
    const isCut = diffs.length >= COMPARED_FILES || diffs.some((diff) => diff.collapsed || diff.too_large);
    return isLate || isCut ? "unknown" : pathsOf(diffs);
  } catch (error) {
    // One of them is gone: what a forced push throws away need not stay.
    if (isAnswer(error, 404)) return "unknown";
    throw error;
  }
}

/** `1000+` when there are more than GitLab keeps; nothing while GitLab has not counted yet. */
const Counted = z.object({ changes_count: z.string().nullish() });

/** https://docs.gitlab.com/api/merge_requests/#list-merge-request-diffs does not say whether it lists all; the count tells. */
async function filesOfMergeRequest(
  { mergeRequests }: GitLabApi,
  { access }: Repository,
  number: number,
): Promise<string[] | "unknown"> {
  const { changes_count: count } = Counted.parse(await mergeRequests.show(access, number));
  if (!/^\d+$/.test(count ?? "")) return "unknown";
  const diffs = z.array(Diff).parse(await mergeRequests.allDiffs(access, number, { perPage: 100 }));
  return diffs.length === Number(count) ? pathsOf(diffs) : "unknown";
}

function pathsOf(diffs: Diff[]): string[] {
  return [...new Set(diffs.flatMap(({ old_path, new_path }) => [old_path, new_path]))];
}
