import { z } from "zod";
import { CommitSha } from "../../../core/commit-sha.ts";
import { COMMENT_ACTIONS, CommentPayload, parseComment } from "./comment.ts";
import { eventParser } from "./event-frame.ts";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#commit_comment */
const Payload = z.object({ comment: CommentPayload.extend({ commit_id: CommitSha }) });

export const parseCommitComment = eventParser(
  "commit_comment",
  COMMENT_ACTIONS,
  Payload,
  ({ comment }, frame, delivery) =>
    parseComment(comment, { kind: "commit", commit: comment.commit_id }, frame, delivery),
);
