import type { Payload } from "../state/deliveries.ts";
import type { Comment } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { commentView } from "../views/comment.ts";
import { issueView } from "../views/issue.ts";
import { webhookContext } from "./webhook-context.ts";

export type CommentAction =
  | { action: "created" | "deleted" }
  | { action: "edited"; changes: { body: { from: string } } };

/** https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment */
export function issueCommentPayload(happened: CommentAction, comment: Comment, world: World): Payload {
  const { repository, ...context } = webhookContext(comment.issue.repository, comment.author, world);
  return {
    ...happened,
    issue: issueView(comment.issue, world),
    comment: commentView(comment, world),
    repository,
    ...context,
  };
}
