import { describe, expect, it } from "vitest";
import { queueNames } from "./queue-subjects.ts";
import { type Instructions, startStorageProcess } from "./start-storage-process.ts";

/** What must hold when processes are killed by SIGKILL. `openPlace` tells a process where an empty storage is. */
export function describeCrash(openPlace: () => Promise<Instructions["place"]>): void {
  const numbers = Array.from({ length: 30 }, (_, number) => number);

  describe.each(queueNames)("its %s, when a process is killed", (queue) => {
    it("have lost none that was acknowledged right before", async () => {
      const place = await openPlace();
      const acknowledged: number[] = [];
      const first = startStorageProcess({ place, queue, enqueue: numbers });
      while (acknowledged.length < 10) {
        const notice = await first.next();
        if ("enqueued" in notice) acknowledged.push(notice.enqueued);
      }
      await first.kill();
      const second = startStorageProcess({ place, queue, enqueue: acknowledged });
      for (const enqueued of acknowledged) expect(await second.next()).toEqual({ enqueued, answer: "known" });
    });

    it("are given to another process, as often as that happens", async () => {
      const place = await openPlace();
      const first = startStorageProcess({ place, queue, enqueue: [1], take: true });
      expect(await first.next()).toEqual({ enqueued: 1, answer: "queued" });
      expect(await first.next()).toEqual({ taken: 1, failedTries: 0 });
      await first.kill();
      for (let crashes = 1; crashes <= 3; crashes++) {
        const next = startStorageProcess({ place, queue, take: true });
        expect(await next.next()).toEqual({ taken: 1, failedTries: 0 });
        await next.kill();
      }
    });
  });

  it("has lost no build of its history that was acknowledged right before a process was killed", async () => {
    const place = await openPlace();
    const acknowledged: number[] = [];
    const first = startStorageProcess({ place, keep: numbers });
    while (acknowledged.length < 10) {
      const notice = await first.next();
      if ("kept" in notice) acknowledged.push(notice.kept);
    }
    await first.kill();
    const second = startStorageProcess({ place, keep: acknowledged });
    for (const kept of acknowledged) expect(await second.next()).toEqual({ kept, answer: "known" });
  });
}
