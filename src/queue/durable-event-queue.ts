import type { DurableQueue } from "./durable-queue.ts";
import type { AcceptedEvent, EventQueue } from "./event-queue.ts";

/** The queue of events. An entry's id is made from its forge and the forge's id of its delivery. */
export function createEventQueue(queue: DurableQueue<AcceptedEvent>): EventQueue {
  return {
    enqueue: (accepted) => queue.add(accepted),
    process: (handler, concurrency) =>
      queue.process(
        ({ entry, failedTries, signal }) => handler({ ...entry, failedTries, signal }),
        concurrency,
      ),
    ping: () => queue.ping(),
    close: () => queue.close(),
  };
}
