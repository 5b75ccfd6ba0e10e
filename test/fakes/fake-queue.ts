import { EventEmitter } from "node:events";

type Entry<Data> = { data: Data; priority: number; place: number; failedTries: number; takings: number };

/** What queues in memory share, as processes share a server. */
export type FakeQueueStore<Data> = {
  readonly entries: Map<string, Entry<Data>>;
  readonly waiting: Set<string>;
  readonly changes: EventEmitter<{ waiting: [] }>;
};

export function createFakeQueueStore<Data>(): FakeQueueStore<Data> {
  return {
    entries: new Map(),
    waiting: new Set(),
    changes: new EventEmitter<{ waiting: [] }>().setMaxListeners(0),
  };
}

type FakeTaking<Data> = {
  readonly data: Data;
  failedTries: number;
  takenBefore: boolean;
  signal: AbortSignal;
  save(data: Data): Promise<void>;
};

export type FakeQueue<Data> = {
  /** The next calls of add throw these errors instead, first come first served. */
  readonly failures: Error[];
  add(id: string, data: Data, priority?: number): Promise<"queued" | "known">;
  process(handler: (taking: FakeTaking<Data>) => Promise<void>, concurrency: number): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** A queue in memory, which tries a failed entry again without delay. */
export function createFakeQueue<Data>(store: FakeQueueStore<Data>): FakeQueue<Data> {
  const closing = new AbortController();
  const running = new Set<Promise<void>>();
  const failures: Error[] = [];

  const wait = (id: string) => {
    store.waiting.add(id);
    store.changes.emit("waiting");
  };

  const takeNext = (): [string, Entry<Data>] | undefined => {
    const waiting = [...store.waiting].flatMap((id): [string, Entry<Data>][] => {
      const entry = store.entries.get(id);
      return entry ? [[id, entry]] : [];
    });
    const order = ([, one]: [string, Entry<Data>], [, other]: [string, Entry<Data>]) =>
      one.priority - other.priority || one.place - other.place;
    const next = waiting.sort(order)[0];
    if (next) store.waiting.delete(next[0]);
    return next;
  };

  const run = async (
    handler: (taking: FakeTaking<Data>) => Promise<void>,
    id: string,
    entry: Entry<Data>,
  ) => {
    entry.takings += 1;
    const { failedTries, takings } = entry;
    try {
      await handler({
        get data() {
          return structuredClone(entry.data);
        },
        failedTries,
        takenBefore: takings > 1,
        signal: closing.signal,
        async save(data) {
          entry.data = structuredClone(data);
        },
      });
    } catch {
      if (closing.signal.aborted) return wait(id);
      entry.failedTries += 1;
      entry.place = nextPlace();
      setImmediate(wait, id);
    }
  };

  const takeWaiting = (handler: (taking: FakeTaking<Data>) => Promise<void>, concurrency: number) => {
    while (running.size < concurrency && !closing.signal.aborted) {
      const next = takeNext();
      if (!next) return;
      const run1 = run(handler, ...next).finally(() => {
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
    async add(id, data, priority = 0) {
      refuseWhenClosed();
      const failure = failures.shift();
      if (failure) throw failure;
      if (store.entries.has(id)) return "known";
      const place = nextPlace();
      store.entries.set(id, { data: structuredClone(data), priority, place, failedTries: 0, takings: 0 });
      wait(id);
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

let places = 0;
function nextPlace(): number {
  places += 1;
  return places;
}
