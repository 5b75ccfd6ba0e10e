import type { Payload } from "../state/deliveries.ts";
import type { Comment } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { commentView } from "../views/comment.ts";
import { issueView } from "../views/issue.ts";
import { webhookContext } from "./webhook-context.ts";

/** https://docs.github.com/webhooks/webhook-events-and-payloads#issue_comment */
export function issueCommentPayload(
  action: "created" | "edited" | "deleted",
  comment: Comment,
  world: World,
): Payload {
  const { repository, ...context } = webhookContext(comment.issue.repository, comment.author, world);
  return {
    action,
    issue: issueView(comment.issue, world),
    comment: commentView(comment, world),
    ...(action === "edited" && { changes: { body: { from: "" } } }),
    repository,
    ...context,
  };
}
