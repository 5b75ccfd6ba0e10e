import { expect, it, onTestFinished } from "vitest";
import type { BuildQueue } from "../../../src/queue/build-queue.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { recordTakings } from "../../contract/takings.ts";

/** What must hold of a queue in which there is something that another version of Pushwright wrote. */
export function describeUnreadable(openEmpty: () => Promise<BuildQueue>): void {
  it("drops a build that it cannot read, and goes on with the others", async () => {
    const queue = await openEmpty();
    const takings = recordTakings();
    onTestFinished(async () => {
      takings.release();
      await queue.close();
    });
    const [unreadable, readable] = [buildRequestOf(1), buildRequestOf(2)];
    await queue.enqueue(unreadable);
    await queue.process(takings.handler, 1);
    const { queued, fail } = await takings.next();
    await queued.save({ result: "as nobody writes it" } as never);
    await queue.enqueue(readable);
    fail();
    const next = await takings.next();
    expect(next.queued.progress.request).toEqual(readable);
    next.complete();
    expect(await queue.enqueue(unreadable)).toBe("known");
  });
}
