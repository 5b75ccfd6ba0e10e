import { z } from "zod";
import type { CommitSha } from "../../core/commit-sha.ts";
import type { PullRequest } from "../../core/forge-event.ts";

/** What webhooks and API tell alike of a merge request. */
export const MergeRequestPayload = z.object({
  iid: z.int().positive(),
  source_branch: z.string().min(1),
  target_branch: z.string().min(1),
  // Nothing once the fork was deleted.
  source_project_id: z.int().nullish(),
  target_project_id: z.int(),
});
export type MergeRequestPayload = z.infer<typeof MergeRequestPayload>;

/** `headRepository`: the full path of the project that the head is in. */
export function parseMergeRequest(
  payload: MergeRequestPayload,
  commit: CommitSha,
  headRepository: string | undefined,
): PullRequest {
  return {
    number: payload.iid,
    commit,
    branch: payload.source_branch,
    ...(headRepository === undefined ? {} : { headRepository }),
    isFork: isFork(payload),
    baseBranch: payload.target_branch,
  };
}

/** By id: a renamed project is the same one. A head that is gone cannot have been this project's. */
export function isFork({
  source_project_id: source,
  target_project_id: target,
}: MergeRequestPayload): boolean {
  return source !== target;
}
