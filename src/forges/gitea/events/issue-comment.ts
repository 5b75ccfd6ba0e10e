import { z } from "zod";
import { NOTE_MARKER } from "../../common/note-body.ts";
import { Time } from "../../common/time.ts";
import { eventParser } from "./event-frame.ts";

/** https://github.com/go-gitea/gitea/blob/v1.24.6/modules/structs/hook.go: `IssueCommentPayload` */
const Payload = z.object({
  is_pull: z.boolean().default(false),
  issue: z.object({ number: z.int().positive() }),
  comment: z.object({ id: z.int().positive(), body: z.string().nullish(), created_at: Time }),
});

/** What a comment that was edited or deleted asked for when it was written, it asked for already. */
const ACTIONS = {
  handled: ["created"],
  ignored: {
    edited: "an edited comment is not run again",
    deleted: "a deleted comment asks for nothing",
  },
};

export const parseIssueComment = eventParser(
  "issue_comment",
  ACTIONS,
  Payload,
  ({ is_pull, issue, comment }, frame) => {
    if (!is_pull) return { ignored: "the comment is on an issue, and an issue has nothing to build" };
    const { id, created_at: writtenAt } = comment;
    const body = comment.body ?? "";
    // The bot is an account as any other, and nobody else has a reason to begin a comment so.
    if (body.startsWith(NOTE_MARKER)) return { ignored: "the comment is Pushwright's own" };
    const thread = { kind: "pull-request", number: issue.number } as const;
    return { event: { ...frame, kind: "comment", thread, commentId: String(id), body, writtenAt } };
  },
);
