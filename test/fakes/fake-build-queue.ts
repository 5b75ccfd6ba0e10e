import { EventEmitter } from "node:events";
import type { BuildId } from "../../src/core/build.ts";
import type { BuildHandler, BuildProgress, BuildQueue, QueuedBuild } from "../../src/queue/build-queue.ts";

type Entry = { progress: BuildProgress; failedTries: number; takings: number };

/** What queues in memory share, as processes share a server. */
export type FakeQueueStore = {
  readonly entries: Map<BuildId, Entry>;
  readonly waiting: BuildId[];
  readonly changes: EventEmitter<{ waiting: [] }>;
};

export function createFakeQueueStore(): FakeQueueStore {
  return { entries: new Map(), waiting: [], changes: new EventEmitter<{ waiting: [] }>().setMaxListeners(0) };
}

export type FakeBuildQueue = BuildQueue & {
  /** The next calls of enqueue throw these errors instead, first come first served. */
  readonly failures: Error[];
};

/** A queue in memory, which tries a failed build again without delay. */
export function createFakeBuildQueue(store: FakeQueueStore = createFakeQueueStore()): FakeBuildQueue {
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const failures: Error[] = [];

  const run = async (handler: BuildHandler, id: BuildId, entry: Entry) => {
    entry.takings += 1;
    const { failedTries, takings } = entry;
    const queued: QueuedBuild = {
      get progress() {
        return structuredClone(entry.progress);
      },
      failedTries,
      takenBefore: takings > 1,
      signal: closing.signal,
      async save(changes) {
        entry.progress = structuredClone({ ...entry.progress, ...changes });
      },
    };
    try {
      await handler(queued);
    } catch {
      if (closing.signal.aborted) return wait(store, id);
      entry.failedTries += 1;
      setImmediate(wait, store, id);
    }
  };

  const takeWaiting = (handler: BuildHandler, concurrency: number) => {
    while (running.size < concurrency && !closing.signal.aborted) {
      const id = store.waiting.shift();
      const entry = id && store.entries.get(id);
      if (!entry) return;
      const run1 = run(handler, id, entry).finally(() => {
        running.delete(run1);
        takeWaiting(handler, concurrency);
      });
      running.add(run1);
    }
  };

  const refuseWhenClosed = () => {
    if (closing.signal.aborted) throw new Error("the queue is closed");
  };

  return {
    failures,
    async enqueue(request) {
      refuseWhenClosed();
      const failure = failures.shift();
      if (failure) throw failure;
      if (store.entries.has(request.id)) return "known";
      store.entries.set(request.id, { progress: structuredClone({ request }), failedTries: 0, takings: 0 });
      wait(store, request.id);
      return "queued";
    },
    async process(handler, concurrency) {
      refuseWhenClosed();
      const take = () => takeWaiting(handler, concurrency);
      store.changes.on("waiting", take);
      closing.signal.addEventListener("abort", () => store.changes.off("waiting", take));
      take();
    },
    async ping() {
      refuseWhenClosed();
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

function wait(store: FakeQueueStore, id: BuildId): void {
  store.waiting.push(id);
  store.changes.emit("waiting");
}
