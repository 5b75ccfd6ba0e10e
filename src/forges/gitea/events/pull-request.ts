import { z } from "zod";
import type { PullRequestEvent } from "../../../core/forge-event.ts";
import { MaybeTime } from "../../common/time.ts";
import { PullRequestPayload, parsePullRequest } from "../pull-request.ts";
import { eventParser } from "./event-frame.ts";

/** Drafts are built as any other: to Gitea a draft is one whose title begins with `WIP:`. */
const ACTIONS: Record<string, PullRequestEvent["action"]> = {
  opened: "opened",
  reopened: "opened",
  synchronized: "updated",
  // With another base branch another configuration and other filters count.
  edited: "updated",
  // Merged, too.
  closed: "closed",
};

/** https://github.com/go-gitea/gitea/blob/v1.24.6/modules/structs/hook.go: `PullRequestPayload` */
const Payload = z.object({
  action: z.string(),
  pull_request: PullRequestPayload.extend({ updated_at: MaybeTime }),
  changes: z.object({ ref: z.unknown().optional() }).nullish(),
});

export const parsePullRequestEvent = eventParser(
  "pull_request",
  { handled: Object.keys(ACTIONS) },
  Payload,
  ({ action, pull_request, changes }, frame) => {
    if (action === "edited" && !changes?.ref)
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
