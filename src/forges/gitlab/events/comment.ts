import { z } from "zod";
import { CommitSha } from "../../../core/commit-sha.ts";
import type { Thread } from "../../../core/forge-event.ts";
import { Time } from "../../common/time.ts";
import { NOTE_MARKER } from "../note-body.ts";
import { eventParser } from "./event-frame.ts";

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#comment-events */
const Payload = z.object({
  object_attributes: z.object({
    id: z.int().positive(),
    note: z.string().nullish(),
    noteable_type: z.string(),
    created_at: Time,
    // Older versions of GitLab tell of new comments only, without this.
    action: z.string().nullish(),
    system: z.boolean().nullish(),
    internal: z.boolean().nullish(),
    commit_id: z.string().nullish(),
  }),
  merge_request: z.object({ iid: z.int().positive() }).nullish(),
});
type Payload = z.infer<typeof Payload>;

export const parseComment = eventParser("note", undefined, Payload, (payload, frame) => {
  const { id, note, action, system, internal, created_at: writtenAt } = payload.object_attributes;
  // What a comment that was edited asked for when it was written, it asked for already.
  if (action && action !== "create") return { ignored: "an edited comment is not run again" };
  if (system) return { ignored: "the comment is GitLab's own" };
  if (internal) return { ignored: "the comment is internal, and the answer would not be" };
  const body = note ?? "";
  // Whoever copies the mark says nothing to the bot.
  if (body.startsWith(NOTE_MARKER)) return { ignored: "the comment is Pushwright's own" };
  const thread = threadOf(payload);
  if (!thread) return { ignored: "the comment is neither on a merge request nor on a commit" };
  return { event: { ...frame, kind: "comment", thread, commentId: String(id), body, writtenAt } };
});

function threadOf({ object_attributes, merge_request }: Payload): Thread | undefined {
  switch (object_attributes.noteable_type) {
    case "MergeRequest":
      return merge_request ? { kind: "pull-request", number: merge_request.iid } : undefined;
    case "Commit": {
      const commit = CommitSha.safeParse(object_attributes.commit_id);
      return commit.success ? { kind: "commit", commit: commit.data } : undefined;
    }
    default:
      return undefined;
  }
}
