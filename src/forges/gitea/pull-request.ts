import { z } from "zod";
import { CommitSha } from "../../core/commit-sha.ts";
import type { PullRequest } from "../../core/forge-event.ts";

/** Of a branch that was deleted it is an empty string. */
const MaybeSha = z
  .string()
  .transform((text) => (text === "" ? undefined : text))
  .pipe(CommitSha.optional());

const Side = z.object({
  label: z.string(),
  ref: z.string().min(1),
  repo: z.object({ id: z.number(), full_name: z.string().min(1) }).nullish(),
});

/** A pull request as webhooks and API both show it: https://github.com/go-gitea/gitea/blob/v1.24.6/modules/structs/pull.go */
export const PullRequestPayload = z.object({
  number: z.int().positive(),
  state: z.string(),
  head: Side.extend({ sha: CommitSha }),
  base: Side.extend({ sha: MaybeSha }),
  merge_base: MaybeSha.optional(),
});
export type PullRequestPayload = z.infer<typeof PullRequestPayload>;

export function parsePullRequest({ number, head, base, merge_base }: PullRequestPayload): PullRequest {
  const baseCommit = base.sha ?? merge_base;
  return {
    number,
    commit: head.sha,
    branch: head.label || head.ref,
    ...(head.repo ? { headRepository: head.repo.full_name } : {}),
    isFork: !isOnOwnBranch(head, base),
    baseBranch: base.ref,
    ...(baseCommit === undefined ? {} : { baseCommit }),
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
