/** An attempt at a delivery, as GitHub lists it: https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook */
export type ListedDelivery = {
  id: number;
  /** The same for every attempt at one delivery. */
  guid: string;
  event: string;
  deliveredAt: number;
  /** As GitHub words it: `OK`, `timed out`, `failed to connect to host`. */
  status: string;
  /** What the bot answered, or whatever stands before it. */
  statusCode: number;
};

/** A delivery of which no attempt arrived: its attempts, the newest first. */
export type MissedDelivery = { newest: ListedDelivery; attempts: ListedDelivery[] };

const FIRST_WAIT_MS = 2 * 60_000;
const MAX_WAIT_MS = 60 * 60_000;

/** The deliveries of which no attempt arrived, the oldest first, in whatever order they are listed and however often. */
export function findMissedDeliveries(listed: readonly ListedDelivery[]): MissedDelivery[] {
  const attempts = [...new Map(listed.map((one) => [one.id, one])).values()];
  return Object.values(Object.groupBy(attempts, ({ guid }) => guid))
    .flatMap((ofOne = []) => {
      const [newest, ...older] = ofOne.toSorted((one, other) => other.id - one.id);
      return newest && !ofOne.some(hasArrived) ? [{ newest, attempts: [newest, ...older] }] : [];
    })
    .toSorted((one, other) => one.newest.id - other.newest.id);
}

/** The bot answers 2xx to what it keeps. To GitHub a redirect, which it does not follow, is a success too. */
function hasArrived({ statusCode }: ListedDelivery): boolean {
  return statusCode >= 200 && statusCode < 300;
}

/**
 * How long after the last of so many attempts the next one is due: at once after the first, since the bot is there again;
 * then later and later, since what keeps the bot from taking it may last.
 */
export function waitAfter(attempts: number): number {
  return attempts < 2 ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (attempts - 2), MAX_WAIT_MS);
}
