import { CommitSha } from "../../src/core/commit-sha.ts";
import type { CommentEvent, PushEvent } from "../../src/core/forge-event.ts";
import type { AcceptedEvent } from "../../src/queue/event-queue.ts";
import { buildRequestOf } from "./build-request.ts";

/** A push that was accepted: another delivery for each number. */
export function acceptedPushOf(number: number, changes: Partial<PushEvent> = {}): AcceptedEvent {
  return {
    event: {
      kind: "push",
      deliveryId: `delivery-${number}`,
      repository: buildRequestOf(number).repository,
      defaultBranch: "main",
      sender: { login: "ada", isBot: false },
      commit: CommitSha.parse(number.toString(16).padStart(40, "0")),
      branch: "main",
      message: `commit ${number}`,
      changes: { files: ["Dockerfile"] },
      ...changes,
    },
    acceptedAt: Date.UTC(2026, 0, 2) + number,
  };
}

/** A comment that was accepted. */
export function acceptedCommentOf(number: number, body: string): AcceptedEvent {
  const { event, acceptedAt } = acceptedPushOf(number);
  const { deliveryId, repository, defaultBranch, sender } = event;
  const comment: CommentEvent = {
    ...{ kind: "comment", deliveryId, repository, defaultBranch, sender },
    thread: { kind: "pull-request", number: 7 },
    commentId: "42",
    body,
    writtenAt: acceptedAt,
  };
  return { event: comment, acceptedAt };
}
