import { z } from "zod";
import { CommitSha } from "../../../core/commit-sha.ts";
import type { PullRequestEvent } from "../../../core/forge-event.ts";
import { MaybeTime } from "../../common/time.ts";
import { MergeRequestPayload, parseMergeRequest } from "../pull-request.ts";
import { eventParser } from "./event-frame.ts";

/** https://docs.gitlab.com/user/project/integrations/webhook_events/#merge-request-events */
const Payload = z.object({
  object_attributes: MergeRequestPayload.extend({
    action: z.string().nullish(),
    last_commit: z.object({ id: CommitSha }).nullish(),
    // Nothing once the fork was deleted.
    source: z.object({ path_with_namespace: z.string() }).nullish(),
    /** The head before, when it is another one now. */
    oldrev: z.string().nullish(),
    updated_at: MaybeTime,
  }),
  changes: z.object({ target_branch: z.unknown().optional(), draft: z.unknown().optional() }).nullish(),
});
type Payload = z.infer<typeof Payload>;

/**
 * Drafts are built as any other: a draft is where people want to see whether it builds. Hence nothing is new when it
 * becomes ready.
 */
export const parsePullRequestEvent = eventParser("merge request", undefined, Payload, (payload, frame) => {
  const { object_attributes: request } = payload;
  const action = actionOf(payload);
  if (typeof action === "object") return action;
  if (!request.last_commit) return { ignored: "the merge request has no commit" };
  const headRepository = request.source?.path_with_namespace;
  const { updated_at: changedAt } = request;
  return {
    event: {
      ...frame,
      ...(changedAt === undefined ? {} : { changedAt }),
      kind: "pull-request",
      action,
      pullRequest: parseMergeRequest(request, request.last_commit.id, headRepository),
    },
  };
});

function actionOf({
  object_attributes: { action, oldrev },
  changes,
}: Payload): PullRequestEvent["action"] | { ignored: string } {
  switch (action) {
    case "open":
    case "reopen":
      return "opened";
    case "close":
    case "merge":
      return "closed";
    case "update":
      // With another base branch another configuration and other filters count.
      if (oldrev || changes?.target_branch) return "updated";
      return changes?.draft
        ? { ignored: "drafts are built as well: nothing is new when a merge request is no draft any more" }
        : { ignored: "the words of the merge request were edited, neither its head nor its base branch" };
    default:
      return { ignored: `the action ${(action ?? "none").slice(0, 100)} of a merge request starts nothing` };
  }
}
