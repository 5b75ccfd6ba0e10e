import { z } from "zod";
import { COMMENT_ACTIONS, CommentPayload, parseComment } from "./comment.ts";
import { eventParser } from "./event-frame.ts";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment: pull requests are issues too. */
const Payload = z.object({
  issue: z.object({ number: z.int().positive(), pull_request: z.object({}).nullish() }),
  comment: CommentPayload,
});

export const parseIssueComment = eventParser(
  "issue_comment",
  COMMENT_ACTIONS,
  Payload,
  ({ issue, comment }, frame, delivery) =>
    issue.pull_request
      ? parseComment(comment, { kind: "pull-request", number: issue.number }, frame, delivery)
      : { ignored: "the comment is on an issue, and an issue has nothing to build" },
);
