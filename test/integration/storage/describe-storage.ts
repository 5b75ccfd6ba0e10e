import { describe } from "vitest";
import type { Retention } from "../../../src/history/history-store.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { describeEventQueue } from "../../contract/event-queue.ts";
import { describeHistory } from "../../contract/history.ts";

export type StorageStore = {
  open(changes?: { retention: Retention }): Promise<Storage>;
  dispose(): Promise<void>;
};

/** The contracts of both queues and the history, on one kind of storage. */
export function describeStorage(
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
  describe("its history", () => {
    describeHistory(
      async () => {
        const { open, dispose } = await openStore();
        return {
          dispose,
          async open() {
            // Whatever the clock says: the contract's builds are of no particular time.
            const { history, close } = await open({ retention: { builds: 100_000, days: 100_000 } });
            return { history, close };
          },
        };
      },
      { shared },
    );
  });
}
