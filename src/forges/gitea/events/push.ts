import { z } from "zod";
import { CommitSha, isZeroSha } from "../../../core/commit-sha.ts";
import type { PushedChanges } from "../../../core/forge-event.ts";
import { eventParser } from "./event-frame.ts";

const BRANCH = /^refs\/heads\/(.+)$/s;
const TAG = /^refs\/tags\/(.+)$/s;

/** https://github.com/go-gitea/gitea/blob/v1.24.6/modules/structs/hook.go: `PushPayload` */
const Payload = z.object({
  ref: z.string(),
  before: z.string().optional(),
  after: z.string(),
  // For an annotated tag `after` is the tag object; only `head_commit` names the commit.
  head_commit: z.object({ id: CommitSha, message: z.string().default("") }).nullish(),
});

export const parsePush = eventParser(
  "push",
  undefined,
  Payload,
  ({ ref, before, after, head_commit }, frame) => {
    if (isZeroSha(after)) return { ignored: `${ref} was deleted` };
    if (!head_commit) return { ignored: `${ref} names no commit` };
    const pushed = { ...frame, commit: head_commit.id, message: head_commit.message.trimEnd() };
    const [, branch] = BRANCH.exec(ref) ?? [];
    if (branch !== undefined)
      return { event: { ...pushed, kind: "push", branch, changes: parseChanges(before) } };
    const [, gitTag] = TAG.exec(ref) ?? [];
    if (gitTag !== undefined) return { event: { ...pushed, kind: "tag", gitTag } };
    return { ignored: `${ref} is neither a branch nor a tag` };
  },
);

/**
 * The payload lists files as well, but of the newest five commits only, and it does not say whether the push was forced:
 * what a forced push takes away is not in the list. A new branch has no earlier commit to compare with.
 */
function parseChanges(before: string | undefined): PushedChanges {
  const since = CommitSha.safeParse(before);
  return !since.success || isZeroSha(since.data) ? {} : { since: since.data };
}
