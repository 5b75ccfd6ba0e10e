import type { Logger } from "pino";
import type { GitHubClient } from "./client.ts";
import { fetchMissedDeliveries } from "./fetch-missed-deliveries.ts";

/** GitHub keeps deliveries for three days; an older push is mostly overtaken by another. */
export const LOOK_BACK_MS = 24 * 3_600_000;

/**
 * Asks GitHub to send again what nobody took. Nothing is heard twice for it: a delivery keeps its id. Failing to ask is
 * logged, and asked again the next time.
 */
export async function redeliverMissed(client: GitHubClient, log: Logger, now = Date.now()): Promise<void> {
  try {
    const missed = await fetchMissedDeliveries(client, now - LOOK_BACK_MS);
    for (const { id, guid, event, status, isGivenUp } of missed) {
      if (isGivenUp) continue;
      await client.askAsApp(`asking for the webhook ${guid} again`, ({ rest: { apps } }) =>
        apps.redeliverWebhookDelivery({ delivery_id: id }),
      );
      log.info({ deliveryId: guid, event, status }, "missed webhook: GitHub was asked to send it again");
    }
  } catch (error) {
    log.warn({ err: error }, "missed webhooks not looked for");
  }
}
