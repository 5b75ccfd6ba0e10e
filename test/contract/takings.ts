import { EventEmitter, once } from "node:events";

/** A handler that keeps each entry of a queue that it is given until the test says what becomes of it. */
export type Takings<Queued> = {
  handler: (queued: Queued) => Promise<void>;
  /** The next entry taken, past or to come. */
  next(): Promise<Taking<Queued>>;
  /** Fails what is held and what is still to come, so that a queue can be closed. */
  release(): void;
};

export type Taking<Queued> = {
  queued: Queued;
  complete(): void;
  fail(error?: unknown): void;
};

export function recordTakings<Queued>(): Takings<Queued> {
  const taken: Taking<Queued>[] = [];
  const held = new Set<Taking<Queued>>();
  const changes = new EventEmitter();
  let released = false;
  return {
    handler: (queued) => {
      if (released) return Promise.reject(new Error("the test is over"));
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const taking = {
        queued,
        complete: resolve,
        fail: (error: unknown = new Error("as planned")) => reject(error),
      };
      taken.push(taking);
      held.add(taking);
      changes.emit("taken");
      return promise.finally(() => held.delete(taking));
    },
    async next() {
      for (;;) {
        const taking = taken.shift();
        if (taking) return taking;
        await once(changes, "taken");
      }
    },
    release() {
      released = true;
      for (const { fail } of held) fail();
    },
  };
}
