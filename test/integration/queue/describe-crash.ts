import { expect, it } from "vitest";
import { buildRequestOf } from "../../contract/build-request.ts";
import { type Instructions, startQueueProcess } from "./start-queue-process.ts";

/** What must hold when processes are killed by SIGKILL. `openBackend` tells a process where an empty queue is. */
export function describeCrash(openBackend: () => Promise<Instructions["backend"]>): void {
  it("has lost no build that it acknowledged when its process is killed right after", async () => {
    const backend = await openBackend();
    const numbers = Array.from({ length: 30 }, (_, number) => number);
    const acknowledged: number[] = [];
    const first = startQueueProcess({ backend, enqueue: numbers });
    while (acknowledged.length < 10) {
      const notice = await first.next();
      if ("enqueued" in notice) acknowledged.push(notice.enqueued);
    }
    await first.kill();
    const second = startQueueProcess({ backend, enqueue: acknowledged });
    for (const enqueued of acknowledged) expect(await second.next()).toEqual({ enqueued, answer: "known" });
  });

  it("gives a build to another process when its own is killed, as often as that happens", async () => {
    const backend = await openBackend();
    const taken = buildRequestOf(1).id;
    const first = startQueueProcess({ backend, enqueue: [1], take: true });
    expect(await first.next()).toEqual({ enqueued: 1, answer: "queued" });
    expect(await first.next()).toEqual({ taken, failedTries: 0, takenBefore: false });
    await first.kill();
    for (let crashes = 1; crashes <= 3; crashes++) {
      const next = startQueueProcess({ backend, take: true });
      expect(await next.next()).toEqual({ taken, failedTries: 0, takenBefore: true });
      await next.kill();
    }
  });
}
