import { describe } from "vitest";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { describeEventQueue } from "../../contract/event-queue.ts";
import { createFakeBuildQueue, type FakeBuildStore } from "../../fakes/fake-build-queue.ts";
import { createFakeEventQueue, type FakeEventStore } from "../../fakes/fake-event-queue.ts";
import { createFakeQueueStore } from "../../fakes/fake-queue.ts";

describe("the fake queue of builds", () => {
  describeBuildQueue(
    async () => {
      const store: FakeBuildStore = createFakeQueueStore();
      const open = async () => {
        const queue = createFakeBuildQueue(store);
        return { queue, close: queue.close };
      };
      return { open, dispose: async () => {} };
    },
    { shared: true },
  );
});

describe("the fake queue of events", () => {
  describeEventQueue(
    async () => {
      const store: FakeEventStore = createFakeQueueStore();
      const open = async () => {
        const queue = createFakeEventQueue(store);
        return { queue, close: queue.close };
      };
      return { open, dispose: async () => {} };
    },
    { shared: true },
  );
});
