import { toStorableText } from "../../src/core/plain-text.ts";
import type { AcceptedEvent, EventQueue } from "../../src/queue/event-queue.ts";
import { createFakeQueue, createFakeQueueStore, type FakeQueueStore } from "./fake-queue.ts";

export type FakeEventQueue = EventQueue & {
  /** The next calls of enqueue throw these errors instead, first come first served. */
  readonly failures: Error[];
};

export type FakeEventStore = FakeQueueStore<AcceptedEvent>;

/** A queue of events in memory, which tries a failed event again without delay. */
export function createFakeEventQueue(store: FakeEventStore = createFakeQueueStore()): FakeEventQueue {
  const queue = createFakeQueue(store);
  return {
    failures: queue.failures,
    enqueue(accepted) {
      const { repository, deliveryId } = accepted.event;
      const id = JSON.stringify([repository.forge, repository.host, deliveryId]);
      return queue.add(id, toStorableText(accepted));
    },
    process: (handler, concurrency) =>
      queue.process(
        ({ data, failedTries, signal }) => handler({ ...data, failedTries, signal }),
        concurrency,
      ),
    ping: queue.ping,
    close: queue.close,
  };
}
