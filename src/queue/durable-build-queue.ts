import { decidedResultOf } from "../core/decided-result.ts";
import type { BuildProgress, BuildQueue } from "./build-queue.ts";
import type { DurableQueue } from "./durable-queue.ts";

/** BullMQ takes no higher one. */
const lastPriority = 2 ** 21 - 1;

/** The queue of builds. An entry's id is its build's. */
export function createBuildQueue(queue: DurableQueue<BuildProgress>): BuildQueue {
  return {
    enqueue(request, { priority = 0, end } = {}) {
      const progress = end ? { request, result: decidedResultOf(request, end) } : { request };
      return queue.add(progress, Math.min(priority, lastPriority));
    },
    hasten: (id) => queue.hasten(id),
    process(handler, concurrency) {
      return queue.process(
        (taken) =>
          handler({
            get progress() {
              return taken.entry;
            },
            failedTries: taken.failedTries,
            takenBefore: taken.takenBefore,
            signal: taken.signal,
            save: (changes) => taken.save({ ...taken.entry, ...changes }),
          }),
        concurrency,
      );
    },
    ping: () => queue.ping(),
    close: () => queue.close(),
  };
}
