import type { QueuePosition } from "./queue-position.ts";

/** Where a build waits, as sentences. */
export function formatQueuePosition(position: QueuePosition | undefined): string {
  const place = position
    ? `It is number ${position.inAll} in the queue, and number ${position.inRepository} of this repository.`
    : "It starts as soon as one of them ends.";
  return `As many builds run as may run at once. ${place}`;
}
