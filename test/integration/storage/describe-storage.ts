import { describe, expect, it, onTestFinished } from "vitest";
import type { Retention } from "../../../src/history/history-store.ts";
import type { QueuedBuild } from "../../../src/queue/build-queue.ts";
import type { QueueTiming } from "../../../src/queue/queue-timing.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { describeEventQueue } from "../../contract/event-queue.ts";
import { acceptedPushOf } from "../../contract/forge-event.ts";
import { describeHistory } from "../../contract/history.ts";
import { takeWith } from "../../contract/queue.ts";
import { patientTiming } from "./timing.ts";

export type StorageStore = {
  open(changes?: { retention?: Retention; timing?: QueueTiming }): Promise<Storage>;
  dispose(): Promise<void>;
};

/** The contracts of both queues, on one kind of storage. */
export function describeQueues(
  openStore: () => Promise<StorageStore>,
  { shared }: { shared: boolean },
): void {
  const openPart =
    <Part extends "builds" | "events">(part: Part) =>
    async () => {
      const { open, dispose } = await openStore();
      return {
        dispose,
        async open() {
          const storage = await open();
          return { queue: storage[part], close: () => storage.close() };
        },
      };
    };
  describe("its builds", () => describeBuildQueue(openPart("builds"), { shared }));
  describe("its events", () => describeEventQueue(openPart("events"), { shared }));

  async function start(changes?: { timing: QueueTiming }): Promise<Storage> {
    const { open, dispose } = await openStore();
    onTestFinished(dispose);
    const storage = await open(changes);
    onTestFinished(() => storage.close());
    return storage;
  }

  it("hands out a build that is hastened before the time of its next try", async () => {
    const hour = 3_600_000;
    const { builds } = await start({ timing: { ...patientTiming, firstRetry: hour, longestRetry: hour } });
    const takings = await takeWith<QueuedBuild>(builds);
    await builds.enqueue(buildRequestOf(1));
    (await takings.next()).fail();
    await builds.enqueue(buildRequestOf(2));
    const { queued, complete } = await takings.next();
    expect(queued.progress.request).toEqual(buildRequestOf(2));
    await builds.hasten(buildRequestOf(1).id);
    complete();
    const hastened = await takings.next();
    expect(hastened.queued.progress.request).toEqual(buildRequestOf(1));
    expect(hastened.queued.failedTries).toBe(1);
    hastened.complete();
  });

  it("brings events and the builds that they ask for to their handlers, each as it comes", async () => {
    const { events, builds, history } = await start();
    const takings = await takeWith<QueuedBuild>(builds);
    await events.process(async ({ event, acceptedAt }) => {
      const request = buildRequestOf(Number(event.deliveryId.replace("delivery-", "")), { acceptedAt });
      await history.add({ request, state: "queued" });
      await builds.enqueue(request);
    }, 1);
    for (const number of [1, 2, 3]) {
      const accepted = acceptedPushOf(number);
      await events.enqueue(accepted);
      const { queued, complete } = await takings.next();
      const { request } = queued.progress;
      expect(request).toEqual(buildRequestOf(number, { acceptedAt: accepted.acceptedAt }));
      expect(await history.get(request.id)).toEqual({ request, state: "queued" });
      complete();
    }
  });

  it("refuses everything once it is closed, and says so", async () => {
    const storage = await start();
    await storage.ping();
    await storage.close();
    await storage.close();
    await expect(storage.ping()).rejects.toThrow("closed");
    await expect(storage.events.enqueue(acceptedPushOf(1))).rejects.toThrow("closed");
    await expect(storage.builds.enqueue(buildRequestOf(1))).rejects.toThrow("closed");
    await expect(storage.history.count({})).rejects.toThrow("closed");
  });
}

/** The contracts of both queues and the history, on one kind of storage. */
export function describeStorage(
  openStore: () => Promise<StorageStore>,
  { shared }: { shared: boolean },
): void {
  describeQueues(openStore, { shared });
  describe("its history", () => {
    const openPlace = async () => {
      const { open, dispose } = await openStore();
      return {
        dispose,
        async open() {
          // Whatever the clock says: the contract's builds are of no particular time.
          const { history, close } = await open({ retention: { builds: 100_000, days: 100_000 } });
          return { history, close };
        },
      };
    };
    describeHistory(openPlace, { shared });
  });
}
