import { describe } from "vitest";
import { describeBuildQueue } from "../../contract/build-queue.ts";
import { createFakeBuildQueue, createFakeQueueStore } from "../../fakes/fake-build-queue.ts";

describe("the fake queue", () => {
  const openStore = async () => {
    const store = createFakeQueueStore();
    return { open: async () => createFakeBuildQueue(store), dispose: async () => {} };
  };
  describeBuildQueue(openStore, { shared: true });
});
