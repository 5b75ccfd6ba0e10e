import { z } from "zod";
import { CommitSha, isZeroSha } from "../../../core/commit-sha.ts";
import { eventParser } from "./event-frame.ts";
import { PushedCommits, parsePushedChanges } from "./pushed-changes.ts";

const BRANCH = /^refs\/heads\/(.+)$/s;
const TAG = /^refs\/tags\/(.+)$/s;

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const PushPayload = PushedCommits.extend({
  ref: z.string(),
  deleted: z.boolean().default(false),
  // For an annotated tag `after` is the tag object; only `head_commit` names the commit:
  // https://github.blog/changelog/2021-10-01-the-push-webhook-payload-provides-a-consistent-head_commit-on-tag-creation/
  repository: z.object({ pushed_at: z.number().optional().catch(undefined) }),
  head_commit: z.object({ id: CommitSha, message: z.string().default("") }).nullish(),
});

export const parsePush = eventParser("push", undefined, PushPayload, (payload, frame) => {
  const { ref, head_commit: head } = payload;
  if (payload.deleted || isZeroSha(payload.after)) return { ignored: `${ref} was deleted` };
  if (!head) return { ignored: `${ref} names no commit` };
  // In seconds, and in no other event: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push
  const { pushed_at: seconds } = payload.repository;
  const pushedAt = seconds === undefined ? {} : { pushedAt: seconds * 1000 };
  const pushed = { ...frame, commit: head.id, message: head.message, ...pushedAt };
  const [, branch] = BRANCH.exec(ref) ?? [];
  if (branch !== undefined)
    return { event: { ...pushed, kind: "push", branch, changes: parsePushedChanges(payload) } };
  const [, gitTag] = TAG.exec(ref) ?? [];
  if (gitTag !== undefined) return { event: { ...pushed, kind: "tag", gitTag } };
  return { ignored: `${ref} is neither a branch nor a tag` };
});
