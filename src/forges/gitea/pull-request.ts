import { z } from "zod";
import { CommitSha } from "../../core/commit-sha.ts";
import type { PullRequest } from "../../core/forge-event.ts";

const Side = z.object({
  label: z.string(),
  ref: z.string().min(1),
  repo: z.object({ id: z.number(), full_name: z.string().min(1) }).nullish(),
});

/** A pull request as webhooks and API both show it: https://github.com/go-gitea/gitea/blob/v1.24.6/modules/structs/pull.go */
export const PullRequestPayload = z
  .object({
    number: z.int().positive(),
    state: z.string(),
    head: Side.extend({ sha: CommitSha }),
    base: Side.extend({ sha: z.string() }),
    merge_base: z.string().optional(),
  })
  // The base branch's commit is an empty string once the branch was deleted. Never the head's instead: what a fork's build
  // may do is read from the base's commit.
  .transform(({ base, merge_base, ...rest }) => ({ ...rest, base, baseCommit: base.sha || merge_base }))
  .refine(({ baseCommit }) => CommitSha.safeParse(baseCommit).success, "expected the base's commit");
export type PullRequestPayload = z.infer<typeof PullRequestPayload>;

export function parsePullRequest({ number, head, base, baseCommit }: PullRequestPayload): PullRequest {
  return {
    number,
    commit: head.sha,
    branch: head.label || head.ref,
    ...(head.repo ? { headRepository: head.repo.full_name } : {}),
    isFork: !isOnOwnBranch(head, base),
    baseBranch: base.ref,
    baseCommit: CommitSha.parse(baseCommit),
  };
}

/**
 * By the repository's id: a renamed one is the same. Not by that alone: whoever may read can make a pull request by a push
 * to `refs/for/…`, and Gitea shows its head as the base repository's own, but on no branch. Where a branch is there, `ref`
 * and `label` both are its name; else `ref` is `refs/pull/…`:
 * https://docs.gitea.com/usage/agit
 */
function isOnOwnBranch(head: z.infer<typeof Side>, base: z.infer<typeof Side>): boolean {
  return head.repo?.id !== undefined && head.repo.id === base.repo?.id && head.label === head.ref;
}
