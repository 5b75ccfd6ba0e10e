import { pino } from "pino";
import { expect, it } from "vitest";
import { adoptChore } from "../../../../src/builds/uploads/adopt-chore.ts";
import type { UploadPorts } from "../../../../src/builds/uploads/upload-ports.ts";
import type { BuildId } from "../../../../src/core/build-id.ts";

it("what was kept while the history was away is removed once it is back", async () => {
  const removed: BuildId[] = [];
  const id = "a".repeat(24) as BuildId;
  let isAway = true;
  const { task } = adoptChore({
    store: {
      all: async () => [{ id, isFresh: false }],
      remove: async (each: BuildId) => void removed.push(each),
    },
    history: {
      async get() {
        if (isAway) throw new Error("the history is away");
        return undefined;
      },
    },
    log: pino({ level: "silent" }),
  } as unknown as UploadPorts);
  const { signal } = new AbortController();
  await task(signal);
  expect(removed).toEqual([]);
  isAway = false;
  await task(signal);
  expect(removed).toEqual([id]);
});
