import { z } from "zod";
import type { PullRequestEvent } from "../../../core/forge-event.ts";
import { MaybeTime } from "../../common/time.ts";
import { PullRequestPayload, parsePullRequest } from "../pull-request.ts";
import { eventParser } from "./event-frame.ts";

/**
 * Drafts are built as any other: a draft is where people want to see whether it builds. Hence nothing is new when it
 * becomes ready for review.
 */
const ACTIONS: Record<string, PullRequestEvent["action"]> = {
  opened: "opened",
  reopened: "opened",
  synchronize: "updated",
  // With another base branch another configuration and other filters count.
  edited: "updated",
  closed: "closed",
};

const IGNORED = {
  ready_for_review: "drafts are built as well: nothing is new when one becomes ready for review",
  converted_to_draft: "drafts are built as well: nothing changes when a pull request becomes one",
};

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
const Payload = z.object({
  action: z.string(),
  pull_request: PullRequestPayload.extend({ updated_at: MaybeTime }),
  changes: z.object({ base: z.unknown().optional() }).nullish(),
});

export const parsePullRequestEvent = eventParser(
  "pull_request",
  { handled: Object.keys(ACTIONS), ignored: IGNORED },
  Payload,
  ({ action, pull_request, changes }, frame) => {
    if (action === "edited" && !changes?.base)
      return { ignored: "the words of the pull request were edited, not its base branch" };
    const { updated_at: changedAt } = pull_request;
    return {
      event: {
        ...frame,
        ...(changedAt === undefined ? {} : { changedAt }),
        kind: "pull-request",
        action: ACTIONS[action] ?? "updated",
        pullRequest: parsePullRequest(pull_request),
      },
    };
  },
);
