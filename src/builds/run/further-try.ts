import { BuildFault, isPermanent } from "../../core/build-fault.ts";

/** A build that the cluster took away is started so often, with the queue's growing pauses between. */
export const MAX_TRIES = 4;
/** What the build needs may be away for longer than a few tries take: milliseconds since the push. */
const MAX_OUTAGE_MS = 15 * 60 * 1000;

/** Nothing of the build is wrong: it was not started, or its end could not be confirmed. */
const OUTAGES = new Set([
  "github-unavailable",
  "archive-broken",
  "cluster-unreachable",
  "registry-unreachable",
  "push-unreachable",
  "push-rate-limited",
  "base-image-unreachable",
]);

/** Whether a try that ended with this error is followed by another. `age`: milliseconds since the push. */
export function isFollowedByTry(error: unknown, tryNumber: number, age: number): boolean {
  if (isPermanent(error)) return false;
  if (tryNumber < MAX_TRIES) return true;
  return error instanceof BuildFault && OUTAGES.has(error.diagnosis.code) && age < MAX_OUTAGE_MS;
}
