import type { Account } from "../state/accounts.ts";
import { formatTime } from "../state/clock.ts";
import type { Payload } from "../state/deliveries.ts";
import type { PullRequest } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { pullRequestView } from "../views/pull-request.ts";
import { webhookContext } from "./webhook-context.ts";

export type PullRequestAction =
  | { action: "opened" | "reopened" | "closed" | "ready_for_review" }
  | { action: "edited"; changes: { title: { from: string } } }
  | { action: "edited"; changes: { base: { ref: { from: string }; sha: { from: string } } } }
  | { action: "synchronize"; before: string; after: string };

/** https://docs.github.com/webhooks/webhook-events-and-payloads#pull_request */
export function pullRequestPayload(
  happened: PullRequestAction,
  request: PullRequest,
  sender: Account,
  world: World,
): Payload {
  return {
    ...happened,
    number: request.number,
    // What is told has just happened.
    pull_request: { ...pullRequestView(request, world), updated_at: formatTime(world.clock.now()) },
    ...webhookContext(request.repository, sender, world),
  };
}
