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
  const appId = await appIdOf(probot);
  probot.onAny(async ({ id, name, payload }) => accept(parseGitHubEvent(name, payload, { id, appId }), id));
  return probot.getNodeMiddleware({ path: GITHUB_WEBHOOK_PATH });
}

/** Probot tells the app's id with the token by which the app proves itself; GitHub is not asked. */
async function appIdOf(probot: Probot): Promise<number> {
  const octokit = await probot.auth();
  const { appId } = (await octokit.auth({ type: "app" })) as { appId: number | string };
  return Number(appId);
}
