import type { CommitComment } from "../state/commit-comments.ts";
import type { Payload } from "../state/deliveries.ts";
import type { World } from "../state/world.ts";
import { commitCommentView } from "../views/comment.ts";
import { webhookContext } from "./webhook-context.ts";

/** https://docs.github.com/webhooks/webhook-events-and-payloads#commit_comment: GitHub tells of new ones only. */
export function commitCommentPayload(comment: CommitComment, world: World): Payload {
  return {
    action: "created",
    comment: commitCommentView(comment, world),
    ...webhookContext(comment.repository, comment.author, world),
  };
}
