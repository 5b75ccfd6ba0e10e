import { z } from "zod";
import { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import type { GitLabApi } from "./api.ts";
import { isAnswer } from "./fault.ts";
import { MergeRequestPayload } from "./pull-request.ts";

const Listed = MergeRequestPayload.extend({ sha: CommitSha.nullish(), state: z.string() });

/**
 * The merge request whose head the commit is: an open one (the oldest of several), else a closed one. What was merged has
 * had its answer. https://docs.gitlab.com/api/commits/#list-all-merge-requests-associated-with-a-commit
 */
export async function findMergeRequest(
  { commits }: GitLabApi,
  { access }: Repository,
  commit: CommitSha,
): Promise<MergeRequestPayload | undefined> {
  try {
    const answer = await commits.allMergeRequests(access, commit, { perPage: 100, page: 1 });
    const heads = z
      .array(Listed)
      .parse(answer)
      .filter(({ sha }) => sha === commit);
    const oldestFirst = heads.toSorted((one, other) => one.iid - other.iid);
    const inState = (wanted: string) => oldestFirst.find(({ state }) => state === wanted);
    return inState("opened") ?? inState("closed");
  } catch (error) {
    // The commit is not there, or the project has no merge requests.
    if (isAnswer(error, 403, 404)) return undefined;
    throw error;
  }
}
