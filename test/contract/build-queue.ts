import { once } from "node:events";
import { expect, it } from "vitest";
import type { BuildResult } from "../../src/core/build.ts";
import type { DecidedBuild } from "../../src/core/decision.ts";
import type { Diagnosis } from "../../src/core/diagnosis.ts";
import type { BuildQueue, QueuedBuild } from "../../src/queue/build-queue.ts";
import { buildRequestOf } from "./build-request.ts";
import { describeQueue, type QueueStore, type QueueSubject, startQueue, takeWith } from "./queue.ts";

const diagnosis: Diagnosis = {
  class: "cancelled",
  code: "cancelled",
  title: "Cancelled",
  cause: "",
  remedy: "",
};

/** Builds are told apart by their commits. */
export const numberedBuilds: QueueSubject<BuildQueue, QueuedBuild> = {
  enqueue: (queue, number) => queue.enqueue(buildRequestOf(number)),
  numberOf: ({ progress }) => Number.parseInt(progress.request.commit, 16),
};

/** What must hold for every queue of builds; with `shared`, of several processes on one store too. */
export function describeBuildQueue(
  openStore: () => Promise<QueueStore<BuildQueue>>,
  { shared }: { shared: boolean },
): void {
  describeQueue(numberedBuilds, openStore, { shared });

  const start = () => startQueue<BuildQueue, QueuedBuild>(openStore);

  it("hands a build out as it was asked for, and tells whether it was taken before", async () => {
    const { queue } = await start();
    const request = buildRequestOf(1);
    await queue.enqueue(request);
    const takings = await takeWith(queue);
    const { queued, fail } = await takings.next();
    expect(queued.progress).toEqual({ request });
    expect(queued.takenBefore).toBe(false);
    fail();
    expect((await takings.next()).queued.takenBefore).toBe(true);
  });

  it("hands out builds of a lower priority number first, and those of one number as they came", async () => {
    const { queue } = await start();
    const priorities = [2, 0, 1, 0, 3_000_000, 2, 1];
    for (const [number, priority] of priorities.entries()) {
      await queue.enqueue(buildRequestOf(number), { priority });
    }
    const takings = await takeWith(queue);
    const order: number[] = [];
    for (const _ of priorities) {
      const { queued, complete } = await takings.next();
      order.push(numberedBuilds.numberOf(queued));
      complete();
    }
    expect(order).toEqual([1, 3, 2, 6, 0, 5, 4]);
  });

  it("leaves a build as it is that is hastened and waits for no further try", async () => {
    const { queue } = await start();
    const { id } = buildRequestOf(1);
    await queue.hasten(id);
    await queue.enqueue(buildRequestOf(1));
    await queue.hasten(id);
    const takings = await takeWith(queue);
    const { queued, complete } = await takings.next();
    expect(queued.failedTries).toBe(0);
    await queue.hasten(id);
    complete();
    await queue.enqueue(buildRequestOf(2));
    expect(numberedBuilds.numberOf((await takings.next()).queued)).toBe(2);
    await queue.hasten(id);
    expect(await queue.enqueue(buildRequestOf(1))).toBe("known");
  });

  it("keeps a failed build's priority", async () => {
    const { queue } = await start();
    await queue.enqueue(buildRequestOf(1), { priority: 1 });
    const takings = await takeWith(queue);
    (await takings.next()).fail();
    const { queued, complete } = await takings.next();
    await queue.enqueue(buildRequestOf(2), { priority: 2 });
    await queue.enqueue(buildRequestOf(3), { priority: 0 });
    expect(queued.failedTries).toBe(1);
    complete();
    expect(numberedBuilds.numberOf((await takings.next()).queued)).toBe(3);
  });

  it("hands out a build that was decided to end with its result", async () => {
    const { queue } = await start();
    const request = buildRequestOf(1);
    const end: DecidedBuild["end"] = { outcome: "skipped", diagnosis };
    expect(await queue.enqueue(request, { end })).toBe("queued");
    const { queued } = await (await takeWith(queue)).next();
    const timings = { accepted: request.acceptedAt, finished: request.acceptedAt };
    expect(queued.progress).toEqual({ request, result: { ...end, timings, logTail: [] } });
  });

  it("shows all that was saved at the next taking, and at once in this one", async () => {
    const { open, close, queue } = await start();
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
    const closed = close();
    fail();
    await closed;
    const takings = await takeWith((await open()).queue);
    expect((await takings.next()).queued.progress).toEqual({ request, reportId: "42", result });
  });

  it("keeps a result whose text no database would take as it is", async () => {
    const { queue } = await start();
    await queue.enqueue(buildRequestOf(1));
    const takings = await takeWith(queue);
    const { queued, fail } = await takings.next();
    const logTail = ["nul \u0000.", "half \ud800.", "\u001b[1mbold"];
    await queued.save({ result: { outcome: "cancelled", diagnosis, timings: { accepted: 1 }, logTail } });
    fail();
    const kept = (await takings.next()).queued.progress.result?.logTail;
    expect(kept).toEqual(["nul .", "half \ufffd.", "\u001b[1mbold"]);
  });

  it("lets its handlers save while it is being closed", async () => {
    const { open, close, queue } = await start();
    await queue.enqueue(buildRequestOf(1));
    const { queued, fail } = await (await takeWith(queue)).next();
    const closed = close();
    if (!queued.signal.aborted) await once(queued.signal, "abort");
    await queued.save({ reportId: "42" });
    fail();
    await closed;
    const { queued: again } = await (await takeWith((await open()).queue)).next();
    expect(again).toMatchObject({ progress: { reportId: "42" }, takenBefore: true });
  });
}
