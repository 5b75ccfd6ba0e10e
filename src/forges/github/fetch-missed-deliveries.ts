import { z } from "zod";
import type { GitHubClient } from "./client.ts";
import { isHeard } from "./event.ts";
import { findMissedDeliveries, type ListedDelivery } from "./missed-deliveries.ts";

export type MissedDelivery = ReturnType<typeof findMissedDeliveries>[number];

const Listed = z.object({
  id: z.number(),
  guid: z.string(),
  event: z.string(),
  delivered_at: z.string().transform((text) => Date.parse(text)),
  status: z.string(),
  status_code: z.number(),
});

const PAGE = 100;
/** A day of a busy installation's deliveries; what is not looked through counts as missed, which is only one attempt too many. */
const MAX_PAGES = 50;

/**
 * What GitHub sent since then (milliseconds since 1970) and the bot did not take, of the events that it hears. GitHub does
 * not try again by itself: https://docs.github.com/en/webhooks/using-webhooks/handling-failed-webhook-deliveries
 */
export async function fetchMissedDeliveries(client: GitHubClient, since: number): Promise<MissedDelivery[]> {
  return client.askAsApp("looking for missed webhooks", async (octokit) => {
    const list = async (status: "failure" | "success", from: number): Promise<ListedDelivery[]> => {
      const found: ListedDelivery[] = [];
      // Octokit's types do not know `status` yet.
      const query = { per_page: PAGE, status };
      const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, query);
      let count = 0;
      for await (const { data } of pages) {
        const page = z.array(Listed).parse(data);
        found.push(...page.map(({ delivered_at: deliveredAt, ...listed }) => ({ ...listed, deliveredAt })));
        count += 1;
        if (count >= MAX_PAGES || page.some(({ delivered_at }) => delivered_at < from)) break;
      }
      return found.filter(({ deliveredAt }) => deliveredAt >= from);
    };

    const failures = (await list("failure", since)).filter(({ event }) => isHeard(event));
    if (failures.length === 0) return [];
    const oldest = Math.min(...failures.map(({ deliveredAt }) => deliveredAt));
    const succeeded = new Set((await list("success", oldest)).map(({ guid }) => guid));
    return findMissedDeliveries(failures, succeeded);
  });
}
