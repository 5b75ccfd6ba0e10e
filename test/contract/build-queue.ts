import { once } from "node:events";
import { expect, it, onTestFinished } from "vitest";
import type { BuildResult } from "../../src/core/build.ts";
import type { BuildQueue } from "../../src/queue/build-queue.ts";
import { buildRequestOf } from "./build-request.ts";
import { recordTakings, type Takings } from "./takings.ts";

/**
 * Where a queue keeps its builds: empty at first. A failed build is to be tried again within a second, and one of a
 * process that died not within a test: what a closed queue let go of must not have to wait for that.
 */
export type QueueStore = {
  open(): Promise<BuildQueue>;
  dispose(): Promise<void>;
};

const diagnosis = {
  class: "cancelled",
  code: "cancelled",
  title: "Cancelled",
  cause: "",
  remedy: "",
} as const;

/** What must hold for every queue; with `shared`, of several processes on one store too. */
export function describeBuildQueue(
  openStore: () => Promise<QueueStore>,
  { shared }: { shared: boolean },
): void {
  /** Opens the test's store as a new process would. */
  async function start() {
    const store = await openStore();
    const queues: BuildQueue[] = [];
    onTestFinished(async () => {
      await Promise.all(queues.map((queue) => queue.close()));
      await store.dispose();
    });
    const open = async () => {
      const queue = await store.open();
      queues.push(queue);
      return queue;
    };
    return { open, queue: await open() };
  }

  async function takeWith(queue: BuildQueue, concurrency = 1): Promise<Takings> {
    const takings = recordTakings();
    onTestFinished(takings.release);
    await queue.process(takings.handler, concurrency);
    return takings;
  }

  it("hands a build to the handler as it was asked for", async () => {
    const { queue } = await start();
    const request = buildRequestOf(1);
    expect(await queue.enqueue(request)).toBe("queued");
    const takings = await takeWith(queue);
    const { queued } = await takings.next();
    expect(queued).toMatchObject({ progress: { request }, failedTries: 0, takenBefore: false });
    expect(queued.signal.aborted).toBe(false);
  });

  it("hands out a build that comes while nothing waits", async () => {
    const { queue } = await start();
    const takings = await takeWith(queue);
    for (const number of [1, 2, 3]) {
      await queue.enqueue(buildRequestOf(number));
      const { queued, complete } = await takings.next();
      expect(queued.progress.request).toEqual(buildRequestOf(number));
      complete();
    }
  });

  it("knows a build that waits, that runs, and that ended, and runs it once", async () => {
    const { open, queue } = await start();
    const again = () => queue.enqueue(buildRequestOf(1));
    expect([await again(), await again()]).toEqual(["queued", "known"]);
    const takings = await takeWith(queue);
    const first = await takings.next();
    expect(await again()).toBe("known");
    first.complete();
    await queue.enqueue(buildRequestOf(2));
    const second = await takings.next();
    expect(second.queued.progress.request).toEqual(buildRequestOf(2));
    expect(await again()).toBe("known");
    await queue.enqueue(buildRequestOf(3));
    second.complete();
    expect((await takings.next()).queued.progress.request).toEqual(buildRequestOf(3));
    takings.release();
    await queue.close();
    expect(await (await open()).enqueue(buildRequestOf(1))).toBe("known");
  });

  it("queues a build once that is asked for many times at once", async () => {
    const { open, queue } = await start();
    const other = shared ? await open() : queue;
    for (const number of Array.from({ length: 20 }, (_, index) => index)) {
      const asks = [queue, other, queue, other].map((each) => each.enqueue(buildRequestOf(number)));
      expect((await Promise.all(asks)).sort()).toEqual(["known", "known", "known", "queued"]);
    }
  });

  it("keeps builds while no process is there", async () => {
    const { open, queue } = await start();
    await queue.enqueue(buildRequestOf(1));
    await queue.close();
    const takings = await takeWith(await open());
    expect((await takings.next()).queued.progress.request).toEqual(buildRequestOf(1));
  });

  it("runs no more builds at once than it was told to", async () => {
    const { queue } = await start();
    let running = 0;
    let most = 0;
    let left = 12;
    const { promise: done, resolve } = Promise.withResolvers<void>();
    await Promise.all(Array.from({ length: left }, (_, number) => queue.enqueue(buildRequestOf(number))));
    await queue.process(async () => {
      most = Math.max(most, ++running);
      await new Promise((go) => setTimeout(go, 20));
      running -= 1;
      if (--left === 0) resolve();
    }, 3);
    await done;
    expect(most).toBe(3);
  });

  it("tries a failed build again, and counts", async () => {
    const { queue } = await start();
    await queue.enqueue(buildRequestOf(1));
    const takings = await takeWith(queue);
    for (const failedTries of [0, 1, 2]) {
      const { queued, fail } = await takings.next();
      expect(queued).toMatchObject({ failedTries, takenBefore: failedTries > 0 });
      fail(failedTries === 1 ? "not even an error" : undefined);
    }
    (await takings.next()).complete();
  });

  it("lets no failed build hold up others", async () => {
    const { queue } = await start();
    const [failing, other] = [buildRequestOf(1), buildRequestOf(2)];
    await queue.enqueue(failing);
    await queue.enqueue(other);
    const takings = await takeWith(queue);
    let taking = await takings.next();
    for (; taking.queued.progress.request.id === failing.id; taking = await takings.next()) taking.fail();
    expect(taking.queued.progress.request).toEqual(other);
  });

  it("shows all that was saved at the next taking, and at once in this one", async () => {
    const { open, queue } = await start();
    const request = buildRequestOf(1);
    const result: BuildResult = {
      outcome: "cancelled",
      diagnosis,
      timings: { accepted: 1 },
      logTail: ["end"],
    };
    await queue.enqueue(request);
    const { queued, fail } = await (await takeWith(queue)).next();
    const saved = [queued.save({ reportId: "41" }), queued.save({ reportId: "42" }), queued.save({ result })];
    expect(queued.progress).toEqual({ request, reportId: "42", result });
    await Promise.all(saved);
    const closed = queue.close();
    fail();
    await closed;
    const takings = await takeWith(await open());
    expect((await takings.next()).queued.progress).toEqual({ request, reportId: "42", result });
  });

  it("lets go of its builds when it is closed, which is no failed try, and the next process takes them at once", async () => {
    const { open, queue } = await start();
    await queue.enqueue(buildRequestOf(1));
    const { queued, fail } = await (await takeWith(queue)).next();
    const others = shared ? await takeWith(await open()) : undefined;
    const aborted = once(queued.signal, "abort");
    const closed = queue.close();
    await aborted;
    fail();
    await closed;
    const takings = others ?? (await takeWith(await open()));
    expect((await takings.next()).queued).toMatchObject({ failedTries: 0, takenBefore: true });
  });

  it("waits for its handlers when it is closed; what they complete then is done", async () => {
    const { open, queue } = await start();
    await queue.enqueue(buildRequestOf(1));
    const { queued, complete } = await (await takeWith(queue)).next();
    let closed = false;
    const closing = queue.close().then(() => {
      closed = true;
    });
    if (!queued.signal.aborted) await once(queued.signal, "abort");
    await queued.save({ reportId: "42" });
    expect(closed).toBe(false);
    complete();
    await closing;
    const next = await open();
    expect(await next.enqueue(buildRequestOf(1))).toBe("known");
    await next.enqueue(buildRequestOf(2));
    const { queued: following } = await (await takeWith(next)).next();
    expect(following.progress.request).toEqual(buildRequestOf(2));
  });

  it("takes nothing more once it is being closed", async () => {
    const { open, queue } = await start();
    for (const number of [1, 2]) await queue.enqueue(buildRequestOf(number));
    const takings = await takeWith(queue);
    const { complete } = await takings.next();
    const closed = queue.close();
    complete();
    await closed;
    const { queued } = await (await takeWith(await open())).next();
    expect(queued).toMatchObject({ progress: { request: buildRequestOf(2) }, takenBefore: false });
  });

  it("refuses builds once it is closed, and says so", async () => {
    const { queue } = await start();
    await queue.ping();
    await queue.close();
    await queue.close();
    await expect(queue.enqueue(buildRequestOf(1))).rejects.toThrow("closed");
    await expect(queue.ping()).rejects.toThrow("closed");
  });

  if (!shared) return;

  it("runs a build in one process at a time", async () => {
    const { open, queue } = await start();
    const running = new Set<string>();
    let left = 40;
    const { promise: done, resolve, reject } = Promise.withResolvers<void>();
    for (const each of [queue, await open(), await open()]) {
      await each.process(async ({ progress: { request }, failedTries }) => {
        if (running.has(request.id)) reject(new Error(`${request.id} runs twice`));
        running.add(request.id);
        await new Promise((go) => setTimeout(go, 5));
        running.delete(request.id);
        if (failedTries === 0) throw new Error("once more");
        if (--left === 0) resolve();
      }, 4);
    }
    await Promise.all(Array.from({ length: left }, (_, number) => queue.enqueue(buildRequestOf(number))));
    await done;
    expect(left).toBe(0);
  });
}
