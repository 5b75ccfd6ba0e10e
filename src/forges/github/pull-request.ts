import { z } from "zod";
import { CommitSha } from "../../core/commit-sha.ts";
import type { PullRequest } from "../../core/forge-event.ts";

const Side = z.object({
  ref: z.string().min(1),
  sha: CommitSha,
  // Nothing once the repository was deleted.
  repo: z.object({ id: z.number(), full_name: z.string() }).nullish(),
});

/** A pull request as webhooks and API both show it: https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request */
export const PullRequestPayload = z.object({
  number: z.int().positive(),
  state: z.string(),
  head: Side,
  base: Side,
});
export type PullRequestPayload = z.infer<typeof PullRequestPayload>;

export function parsePullRequest({ number, head, base }: PullRequestPayload): PullRequest {
  return {
    number,
    commit: head.sha,
    branch: head.ref,
    ...(head.repo ? { headRepository: head.repo.full_name } : {}),
    // By id: a renamed repository is the same one. A head that is gone cannot have been this repository's.
    isFork: !head.repo || head.repo.id !== base.repo?.id,
    baseBranch: base.ref,
    baseCommit: base.sha,
  };
}
