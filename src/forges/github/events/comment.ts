import { z } from "zod";
import type { CommentEvent, Thread } from "../../../core/forge-event.ts";
import type { Actions, FramedEvent } from "../../common/event-parser.ts";
import { NOTE_MARKER } from "../../common/note-body.ts";
import { Time } from "../../common/time.ts";
import { Account, type Delivery } from "./event-frame.ts";

/** What a comment that was edited or deleted asked for when it was written, it asked for already. */
export const COMMENT_ACTIONS: Actions = {
  handled: ["created"],
  ignored: {
    edited: "an edited comment is not run again",
    deleted: "a deleted comment asks for nothing",
  },
};

/** A comment, wherever it was written. */
export const CommentPayload = z.object({
  id: z.int().positive(),
  body: z.string().nullish(),
  created_at: Time,
  user: Account.nullish(),
  performed_via_github_app: z.object({ id: z.number() }).nullish(),
});
export type CommentPayload = z.infer<typeof CommentPayload>;

export function parseComment(
  comment: CommentPayload,
  thread: Thread,
  frame: FramedEvent,
  { appId }: Delivery,
): { event: CommentEvent } | { ignored: string } {
  if (isOwn(comment, appId)) return { ignored: "the comment is Pushwright's own" };
  const { id, body, created_at: writtenAt } = comment;
  return { event: { ...frame, kind: "comment", thread, commentId: String(id), body: body ?? "", writtenAt } };
}

/** GitHub does not tell of a comment on a commit which app wrote it; the mark of Pushwright's notes does. */
function isOwn({ performed_via_github_app: app, user, body }: CommentPayload, appId: number): boolean {
  return app?.id === appId || (user?.type === "Bot" && (body ?? "").startsWith(NOTE_MARKER));
}
