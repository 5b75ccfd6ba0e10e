import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import { recordTakings, type Takings } from "./takings.ts";

/** What every queue has in common, whatever its entries are. */
export type AnyQueue<Queued> = {
  process(handler: (queued: Queued) => Promise<void>, concurrency: number): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Where a queue keeps its entries: empty at first. A failed entry is to be tried again within a second, and one of a
 * process that died not within a test: what a closed queue let go of must not have to wait for that.
 */
export type QueueStore<Queue> = {
  /** Opens the queue as a new process would; `close` ends that process in good order. */
  open(): Promise<{ queue: Queue; close(): Promise<void> }>;
  dispose(): Promise<void>;
};

/** Entries of one kind, made from numbers. */
export type QueueSubject<Queue, Queued> = {
  enqueue(queue: Queue, number: number): Promise<"queued" | "known">;
  numberOf(queued: Queued): number;
};

type Counted = { readonly failedTries: number; readonly signal: AbortSignal };

/** Opens a test's store as one process after the other. */
export async function startQueue<Queue extends AnyQueue<Queued>, Queued>(
  openStore: () => Promise<QueueStore<Queue>>,
) {
  const store = await openStore();
  const closings: (() => Promise<void>)[] = [];
  onTestFinished(async () => {
    await Promise.all(closings.map((close) => close()));
    await store.dispose();
  });
  const open = async () => {
    const process = await store.open();
    closings.push(process.close);
    return process;
  };
  return { open, ...(await open()) };
}

export async function takeWith<Queued>(queue: AnyQueue<Queued>, concurrency = 1): Promise<Takings<Queued>> {
  const takings = recordTakings<Queued>();
  onTestFinished(takings.release);
  await queue.process(takings.handler, concurrency);
  return takings;
}

/** What must hold for every queue; with `shared`, of several processes on one store too. */
export function describeQueue<Queue extends AnyQueue<Queued>, Queued extends Counted>(
  { enqueue, numberOf }: QueueSubject<Queue, Queued>,
  openStore: () => Promise<QueueStore<Queue>>,
  { shared }: { shared: boolean },
): void {
  const start = () => startQueue<Queue, Queued>(openStore);

  it("hands an entry to the handler", async () => {
    const { queue } = await start();
    expect(await enqueue(queue, 1)).toBe("queued");
    const { queued } = await (await takeWith(queue)).next();
    expect(numberOf(queued)).toBe(1);
    expect(queued.failedTries).toBe(0);
    expect(queued.signal.aborted).toBe(false);
  });

  it("hands out an entry that comes while nothing waits", async () => {
    const { queue } = await start();
    const takings = await takeWith(queue);
    for (const number of [1, 2, 3]) {
      await enqueue(queue, number);
      const { queued, complete } = await takings.next();
      expect(numberOf(queued)).toBe(number);
      complete();
    }
  });

  it("hands entries out in the order of their coming", async () => {
    const { queue } = await start();
    for (const number of [3, 1, 2]) await enqueue(queue, number);
    const takings = await takeWith(queue);
    const order: number[] = [];
    for (let taken = 0; taken < 3; taken++) {
      const { queued, complete } = await takings.next();
      order.push(numberOf(queued));
      complete();
    }
    expect(order).toEqual([3, 1, 2]);
  });

  it("knows an entry that waits, that is held, and that is done, and hands it out once", async () => {
    const { open, close, queue } = await start();
    const again = () => enqueue(queue, 1);
    expect([await again(), await again()]).toEqual(["queued", "known"]);
    const takings = await takeWith(queue);
    const first = await takings.next();
    expect(await again()).toBe("known");
    first.complete();
    await enqueue(queue, 2);
    const second = await takings.next();
    expect(numberOf(second.queued)).toBe(2);
    expect(await again()).toBe("known");
    await enqueue(queue, 3);
    second.complete();
    expect(numberOf((await takings.next()).queued)).toBe(3);
    takings.release();
    await close();
    const { queue: next } = await open();
    expect(await enqueue(next, 1)).toBe("known");
  });

  it("queues an entry once that is brought many times at once", async () => {
    const { open, queue } = await start();
    const other = shared ? (await open()).queue : queue;
    for (const number of Array.from({ length: 20 }, (_, index) => index)) {
      const asks = [queue, other, queue, other].map((each) => enqueue(each, number));
      expect((await Promise.all(asks)).sort()).toEqual(["known", "known", "known", "queued"]);
    }
  });

  it("keeps entries while no process is there", async () => {
    const { open, close, queue } = await start();
    await enqueue(queue, 1);
    await close();
    const takings = await takeWith((await open()).queue);
    expect(numberOf((await takings.next()).queued)).toBe(1);
  });

  it("hands out no more entries at once than it was told to", async () => {
    const { queue } = await start();
    let running = 0;
    let most = 0;
    let left = 12;
    const { promise: done, resolve } = Promise.withResolvers<void>();
    await Promise.all(Array.from({ length: left }, (_, number) => enqueue(queue, number)));
    await queue.process(async () => {
      most = Math.max(most, ++running);
      await new Promise((go) => setTimeout(go, 20));
      running -= 1;
      if (--left === 0) resolve();
    }, 3);
    await done;
    expect(most).toBe(3);
  });

  it("tries a failed entry again, and counts", async () => {
    const { queue } = await start();
    await enqueue(queue, 1);
    const takings = await takeWith(queue);
    for (const failedTries of [0, 1, 2]) {
      const { queued, fail } = await takings.next();
      expect(queued.failedTries).toBe(failedTries);
      fail(failedTries === 1 ? "not even an error" : undefined);
    }
    (await takings.next()).complete();
  });

  it("lets no failed entry hold up others", async () => {
    const { queue } = await start();
    for (const number of [1, 2]) await enqueue(queue, number);
    const takings = await takeWith(queue);
    let taking = await takings.next();
    for (; numberOf(taking.queued) === 1; taking = await takings.next()) taking.fail();
    expect(numberOf(taking.queued)).toBe(2);
  });

  it("lets go of its entries when it is closed, which is no failed try, and the next process takes them at once", async () => {
    const { open, close, queue } = await start();
    await enqueue(queue, 1);
    const { queued, fail } = await (await takeWith(queue)).next();
    const others = shared ? await takeWith((await open()).queue) : undefined;
    const aborted = once(queued.signal, "abort");
    const closed = close();
    await aborted;
    fail();
    await closed;
    const takings = others ?? (await takeWith((await open()).queue));
    const again = await takings.next();
    expect(numberOf(again.queued)).toBe(1);
    expect(again.queued.failedTries).toBe(0);
  });

  it("waits for its handlers when it is closed; what they complete then is done", async () => {
    const { open, close, queue } = await start();
    await enqueue(queue, 1);
    const { queued, complete } = await (await takeWith(queue)).next();
    let closed = false;
    const closing = close().then(() => {
      closed = true;
    });
    if (!queued.signal.aborted) await once(queued.signal, "abort");
    expect(closed).toBe(false);
    complete();
    await closing;
    const { queue: next } = await open();
    expect(await enqueue(next, 1)).toBe("known");
    await enqueue(next, 2);
    const { queued: following } = await (await takeWith(next)).next();
    expect(numberOf(following)).toBe(2);
  });

  it("takes nothing more once it is being closed", async () => {
    const { open, close, queue } = await start();
    for (const number of [1, 2]) await enqueue(queue, number);
    const takings = await takeWith(queue);
    const { complete } = await takings.next();
    const closed = close();
    complete();
    await closed;
    const { queued } = await (await takeWith((await open()).queue)).next();
    expect(numberOf(queued)).toBe(2);
  });

  it("refuses entries once it is closed, and says so", async () => {
    const { queue } = await start();
    await queue.ping();
    await queue.close();
    await queue.close();
    await expect(enqueue(queue, 1)).rejects.toThrow("closed");
    await expect(queue.ping()).rejects.toThrow("closed");
  });

  if (!shared) return;

  it("hands an entry to one process at a time", async () => {
    const { open, queue } = await start();
    const running = new Set<number>();
    let left = 40;
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    for (const each of [queue, (await open()).queue, (await open()).queue]) {
      await each.process(async (queued) => {
        const number = numberOf(queued);
        if (running.has(number)) reject(new Error(`${number} is held twice`));
        running.add(number);
        await new Promise((go) => setTimeout(go, 5));
        running.delete(number);
        if (queued.failedTries === 0) throw new Error("once more");
        if (--left === 0) resolve();
      }, 4);
    }
    await Promise.all(Array.from({ length: left }, (_, number) => enqueue(queue, number)));
    await done;
    expect(left).toBe(0);
  });
}
