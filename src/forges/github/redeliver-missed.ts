import type { Logger } from "pino";
import { isPermanent } from "../../core/build-fault.ts";
import type { GitHubClient } from "./client.ts";
import { fetchDeliveries } from "./fetch-deliveries.ts";
import { findMissedDeliveries, type MissedDelivery, waitAfter } from "./missed-deliveries.ts";

/** GitHub keeps deliveries for three days; an older push is mostly overtaken by another. */
export const LOOK_BACK_MS = 24 * 3_600_000;
/** GitHub may list a delivery so much later. */
const LISTED_LATE_MS = 10 * 60_000;
/** The others have their turn the next time: GitHub does not like to be written to much at once. */
const AT_ONCE = 100;

/**
 * Makes what asks GitHub to send again what nobody took. Nothing is heard twice for it: a delivery keeps its id. Failing
 * to ask is logged, and asked again the next time.
 */
export function createRedelivery(client: GitHubClient, log: Logger) {
  let known: MissedDelivery[] = [];
  let lookedAt: number | undefined;
  /** What was asked for, which GitHub need not have tried or listed yet. */
  const asked = new Map<string, { times: number; at: number }>();

  async function look(now: number): Promise<MissedDelivery[]> {
    const oldest = now - LOOK_BACK_MS;
    const since = lookedAt === undefined ? oldest : lookedAt - LISTED_LATE_MS;
    const listed = await fetchDeliveries(client, Math.max(since, oldest));
    lookedAt = now;
    const kept = known.flatMap(({ attempts }) => attempts);
    // By its first attempt: otherwise each attempt would make it younger.
    const isRecent = ({ attempts }: MissedDelivery) => (attempts.at(-1)?.deliveredAt ?? 0) >= oldest;
    known = findMissedDeliveries([...kept, ...listed]).filter(isRecent);
    const guids = new Set(known.map(({ newest }) => newest.guid));
    for (const guid of asked.keys()) if (!guids.has(guid)) asked.delete(guid);
    return known;
  }

  function isDue({ newest, attempts }: MissedDelivery, now: number): boolean {
    const { times = 0, at = 0 } = asked.get(newest.guid) ?? {};
    return now >= Math.max(newest.deliveredAt, at) + waitAfter(Math.max(attempts.length, times + 1));
  }

  async function askAgain({ id, guid, event, status }: MissedDelivery["newest"], now: number): Promise<void> {
    const about = { deliveryId: guid, event, status };
    asked.set(guid, { times: (asked.get(guid)?.times ?? 0) + 1, at: now });
    try {
      await client.askAsApp(`asking for the webhook ${guid} again`, ({ rest: { apps } }) =>
        apps.redeliverWebhookDelivery({ delivery_id: id }),
      );
      log.info(about, "missed webhook: GitHub was asked to send it again");
    } catch (error) {
      // That GitHub does not send one again must not keep the others from being asked for.
      if (!isPermanent(error)) throw error;
      log.warn({ ...about, err: error }, "missed webhook: GitHub does not send it again");
    }
  }

  return async (stop: AbortSignal, now = Date.now()): Promise<void> => {
    try {
      const due = (await look(now)).filter((missed) => isDue(missed, now)).slice(0, AT_ONCE);
      for (const { newest } of due) {
        if (stop.aborted) return;
        await askAgain(newest, now);
      }
    } catch (error) {
      log.warn({ err: error }, "missed webhooks not looked for");
    }
  };
}
