import { z } from "zod";
import { CommitSha, isZeroSha } from "../../../core/commit-sha.ts";
import { eventParser } from "./event-frame.ts";

const BRANCH = /^refs\/heads\/(.+)$/s;
const TAG = /^refs\/tags\/(.+)$/s;

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#push-events and #tag-events */
const PushPayload = z.object({
  ref: z.string(),
  before: z.string().optional(),
  // For an annotated tag `after` is the tag object; `checkout_sha` is the commit. Nothing when the ref was deleted.
  after: z.string(),
  checkout_sha: CommitSha.nullish(),
  commits: z.array(z.object({ id: z.string(), message: z.string().default("") })).default([]),
});
type PushPayload = z.infer<typeof PushPayload>;

export const parsePush = eventParser("push", undefined, PushPayload, (payload, frame) => {
  const { ref, after, checkout_sha: commit } = payload;
  if (isZeroSha(after)) return { ignored: `${ref} was deleted` };
  if (!commit) return { ignored: `${ref} names no commit` };
  const pushed = { ...frame, commit, message: messageOf(payload, commit) };
  const [, branch] = BRANCH.exec(ref) ?? [];
  if (branch !== undefined)
    return { event: { ...pushed, kind: "push", branch, changes: changesOf(payload) } };
  const [, gitTag] = TAG.exec(ref) ?? [];
  if (gitTag !== undefined) return { event: { ...pushed, kind: "tag", gitTag } };
  return { ignored: `${ref} is neither a branch nor a tag` };
});

/** GitLab lists the newest twenty commits. A new branch without commits of its own lists none: its head was built before. */
function messageOf({ commits }: PushPayload, commit: CommitSha): string {
  return commits.find(({ id }) => id === commit)?.message ?? "";
}

/**
 * GitLab does not tell a forced push from another, and lists what it brought but not what it took away: only a comparison
 * tells what changed. A new branch has nothing of its own to compare with.
 */
function changesOf({ before }: PushPayload): { since?: CommitSha } {
  const since = CommitSha.safeParse(before);
  return since.success && !isZeroSha(since.data) ? { since: since.data } : {};
}
