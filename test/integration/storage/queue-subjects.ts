import type { Storage } from "../../../src/storage/storage.ts";
import { numberedBuilds } from "../../contract/build-queue.ts";
import { numberedEvents } from "../../contract/event-queue.ts";
import type { AnyQueue, QueueSubject } from "../../contract/queue.ts";

export type Counted = { readonly failedTries: number; readonly signal: AbortSignal };

/** One of a storage's queues, with entries that are made from numbers. */
export type StorageQueue = AnyQueue<Counted> & {
  enqueue(number: number): Promise<"queued" | "known">;
  numberOf(queued: Counted): number;
};

function numbered<Queue extends AnyQueue<Queued>, Queued extends Counted>(
  queue: Queue,
  { enqueue, numberOf }: QueueSubject<Queue, Queued>,
): StorageQueue {
  return {
    process: (handler, concurrency) => queue.process(handler, concurrency),
    ping: () => queue.ping(),
    close: () => queue.close(),
    enqueue: (number) => enqueue(queue, number),
    numberOf: (queued) => numberOf(queued as Queued),
  };
}

export const queueNames = ["builds", "events"] as const;
export type QueueName = (typeof queueNames)[number];

export function queueOf(storage: Storage, name: QueueName): StorageQueue {
  return name === "builds"
    ? numbered(storage.builds, numberedBuilds)
    : numbered(storage.events, numberedEvents);
}
