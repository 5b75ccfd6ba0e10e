import { decidedResultOf } from "../../src/core/decided-result.ts";
import { toStorableText } from "../../src/core/plain-text.ts";
import type { BuildProgress, BuildQueue } from "../../src/queue/build-queue.ts";
import { createFakeQueue, createFakeQueueStore, type FakeQueueStore } from "./fake-queue.ts";

export type FakeBuildQueue = BuildQueue & {
  /** The next calls of enqueue throw these errors instead, first come first served. */
  readonly failures: Error[];
};

export type FakeBuildStore = FakeQueueStore<BuildProgress>;

/** A queue of builds in memory, which tries a failed build again without delay. */
export function createFakeBuildQueue(store: FakeBuildStore = createFakeQueueStore()): FakeBuildQueue {
  const queue = createFakeQueue(store);
  return {
    failures: queue.failures,
    enqueue(request, { priority, end } = {}) {
      const progress = end ? { request, result: decidedResultOf(request, end) } : { request };
      return queue.add(request.id, toStorableText(progress), priority);
    },
    // What failed is tried again at once in any case.
    async hasten() {},
    process: (handler, concurrency) =>
      queue.process(
        (taking) =>
          handler({
            get progress() {
              return taking.data;
            },
            failedTries: taking.failedTries,
            takenBefore: taking.takenBefore,
            signal: taking.signal,
            save: (changes) => taking.save(toStorableText({ ...taking.data, ...changes })),
          }),
        concurrency,
      ),
    ping: queue.ping,
    close: queue.close,
  };
}
