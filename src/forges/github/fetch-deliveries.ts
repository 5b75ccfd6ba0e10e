import { z } from "zod";
import type { GitHubClient } from "./client.ts";
import { isHeard } from "./event.ts";
import type { ListedDelivery } from "./missed-deliveries.ts";

const Listed = z
  .object({
    id: z.number(),
    guid: z.string(),
    event: z.string(),
    delivered_at: z.string().transform((text) => Date.parse(text)),
    status: z.string(),
    status_code: z.number(),
  })
  .transform(
    ({ delivered_at: deliveredAt, status_code: statusCode, ...listed }): ListedDelivery => ({
      ...listed,
      deliveredAt,
      statusCode,
    }),
  );

const PAGE = 100;
/** Older ones of a very busy app are not looked at. */
const MAX_PAGES = 50;

/**
 * Every attempt at a delivery since then (milliseconds since 1970), of the events that the bot hears. All of them, for
 * GitHub's own filter `failure` means the status codes 400 to 599: what came to no answer need not have one of these, and
 * a GitHub Enterprise Server may not know the filter.
 */
export async function fetchDeliveries(client: GitHubClient, since: number): Promise<ListedDelivery[]> {
  return client.askAsApp("looking for missed webhooks", async (octokit) => {
    const found: ListedDelivery[] = [];
    const pages = octokit.paginate.iterator(octokit.rest.apps.listWebhookDeliveries, { per_page: PAGE });
    let count = 0;
    for await (const { data } of pages) {
      // The newest first.
      const page = z.array(Listed).parse(data);
      found.push(...page.filter(({ event, deliveredAt }) => isHeard(event) && deliveredAt >= since));
      count += 1;
      if (count >= MAX_PAGES || page.some(({ deliveredAt }) => deliveredAt < since)) break;
    }
    return found;
  });
}
