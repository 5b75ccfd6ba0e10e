/** A delivery as GitHub lists it: https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook */
export type ListedDelivery = {
  id: number;
  /** The same for every attempt at one delivery. */
  guid: string;
  event: string;
  deliveredAt: number;
  /** As GitHub words it: `OK`, `timed out`, `failed to connect to host`. */
  status: string;
};

/** Whoever refuses a delivery so often will refuse it again. */
const MAX_ATTEMPTS = 5;

/**
 * The deliveries of which no attempt succeeded, by their newest attempt, the oldest first. `isGivenUp`: further attempts
 * would come to nothing.
 */
export function findMissedDeliveries(
  failures: readonly ListedDelivery[],
  succeeded: ReadonlySet<string>,
): (ListedDelivery & { isGivenUp: boolean })[] {
  const attempts = new Map<string, ListedDelivery[]>();
  for (const failure of failures) {
    if (succeeded.has(failure.guid)) continue;
    attempts.set(failure.guid, [...(attempts.get(failure.guid) ?? []), failure]);
  }
  return [...attempts.values()]
    .map((ofOne) => {
      const newest = ofOne.reduce((one, other) => (other.id > one.id ? other : one));
      return { ...newest, isGivenUp: ofOne.length >= MAX_ATTEMPTS };
    })
    .toSorted((one, other) => one.id - other.id);
}
