import type { Probot } from "probot";
import type { ParsedPayload } from "../../core/forge-event.ts";
import { parseGitHubEvent } from "./event.ts";

/** GitHub's webhooks, as a handler for `node:http`: true when the request was for it and has been answered. */
export type GitHubWebhook = Awaited<ReturnType<Probot["getNodeMiddleware"]>>;

export const GITHUB_WEBHOOK_PATH = "/api/github/webhooks";

/**
 * Probot verifies each delivery's signature and answers it: 4xx when it does not fit, 2xx once `accept` has
 * resolved, 5xx when `accept` rejects.
 */
export async function createGitHubWebhook(
  probot: Probot,
  accept: (parsed: ParsedPayload, deliveryId: string) => Promise<void>,
): Promise<GitHubWebhook> {
  probot.onAny(async ({ id, name, payload }) => accept(parseGitHubEvent(name, id, payload), id));
  return probot.getNodeMiddleware({ path: GITHUB_WEBHOOK_PATH });
}
