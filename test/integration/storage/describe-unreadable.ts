import { expect, it, onTestFinished } from "vitest";
import type { QueuedBuild } from "../../../src/queue/build-queue.ts";
import type { QueuedEvent } from "../../../src/queue/event-queue.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { acceptedPushOf } from "../../contract/forge-event.ts";
import { takeWith } from "../../contract/queue.ts";

/** What must hold of a storage in which there is something that another version of Pushwright wrote. */
export function describeUnreadable(openEmpty: () => Promise<Storage>): void {
  async function open() {
    const storage = await openEmpty();
    onTestFinished(() => storage.close());
    return storage;
  }

  it("drops a build that it cannot read, and goes on with the others", async () => {
    const { builds } = await open();
    const [unreadable, readable] = [buildRequestOf(1), buildRequestOf(2)];
    await builds.enqueue(unreadable);
    const takings = await takeWith<QueuedBuild>(builds);
    const { queued, fail } = await takings.next();
    await queued.save({ result: "as nobody writes it" } as never);
    await builds.enqueue(readable);
    fail();
    const next = await takings.next();
    expect(next.queued.progress.request).toEqual(readable);
    next.complete();
    expect(await builds.enqueue(unreadable)).toBe("known");
  });

  it("drops an event that it cannot read, and goes on with the others", async () => {
    const { events } = await open();
    const unreadable = acceptedPushOf(1, { branch: 7 as never });
    const readable = acceptedPushOf(2);
    for (const accepted of [unreadable, readable]) await events.enqueue(accepted);
    const { queued } = await (await takeWith<QueuedEvent>(events)).next();
    expect(queued.event).toEqual(readable.event);
    expect(await events.enqueue(unreadable)).toBe("known");
  });

  it("leaves a kept build out that it cannot read", async () => {
    const { history } = await open();
    const [unreadable, readable] = [buildRequestOf(1, { attempt: "first" as never }), buildRequestOf(2)];
    for (const request of [unreadable, readable]) {
      expect(await history.add({ request, state: "queued" })).toBe("added");
    }
    expect(await history.get(unreadable.id)).toBeUndefined();
    expect((await history.list({})).builds).toEqual([{ request: readable, state: "queued" }]);
  });
}
