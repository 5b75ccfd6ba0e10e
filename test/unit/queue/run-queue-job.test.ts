import { pino } from "pino";
import { describe, expect, it, vi } from "vitest";
import { buildEntries } from "../../../src/queue/build-entry.ts";
import { EntryHold } from "../../../src/queue/entry-hold.ts";
import type { QueueJob } from "../../../src/queue/queue-backend.ts";
import { runQueueJob } from "../../../src/queue/run-queue-job.ts";
import { buildRequestOf } from "../../contract/build-request.ts";

const request = buildRequestOf(1);

describe("a taken entry", () => {
  /** Runs it as it was kept, and gives what is kept of it then. */
  async function run(
    data: unknown,
    handler: () => Promise<void>,
    saving: () => Promise<void> = async () => {},
  ) {
    const queueJob = { id: request.id, data, attemptsMade: 0, attemptsStarted: 1 } as unknown as QueueJob;
    const hold = new EntryHold("build", 60_000);
    const saved: unknown[] = [];
    const save = async (_: QueueJob, changed: unknown) => {
      saved.push(changed);
      await saving();
    };
    const log = pino({ level: "silent" });
    try {
      await runQueueJob(buildEntries, queueJob, "token", hold, handler, { save }, log);
    } finally {
      hold.end();
    }
    return saved;
  }

  it("shrinks to a mark when its handler is through", async () => {
    expect(await run({ request }, async () => {})).toEqual([{ done: true }]);
  });

  it("is done, too, when it cannot be made smaller", async () => {
    const refuse = () => Promise.reject(new Error("no room"));
    await expect(run({ request }, async () => {}, refuse)).resolves.toEqual([{ done: true }]);
  });

  it("is not run again when it was marked, and its process died before it could say more", async () => {
    const handler = vi.fn(async () => {});
    expect(await run({ done: true }, handler)).toEqual([]);
    expect(handler).not.toHaveBeenCalled();
  });

  it("stays whole when its handler fails", async () => {
    const failing = run({ request }, () => Promise.reject(new Error("as planned")));
    await expect(failing).rejects.toThrow("try 1 failed: as planned");
  });
});
