import { EventEmitter, once } from "node:events";
import type { BuildHandler, QueuedBuild } from "../../src/queue/build-queue.ts";

/** A handler that keeps each build it is given until the test says what becomes of it. */
export type Takings = {
  handler: BuildHandler;
  /** The next build taken, past or to come. */
  next(): Promise<Taking>;
  /** Fails what is held and what is still to come, so that a queue can be closed. */
  release(): void;
};

export type Taking = {
  queued: QueuedBuild;
  complete(): void;
  fail(error?: unknown): void;
};

export function recordTakings(): Takings {
  const taken: Taking[] = [];
  const held = new Set<Taking>();
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
