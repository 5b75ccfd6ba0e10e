import { expect, it } from "vitest";
import type { EventQueue, QueuedEvent } from "../../src/queue/event-queue.ts";
import { acceptedCommentOf, acceptedPushOf } from "./forge-event.ts";
import { describeQueue, type QueueStore, type QueueSubject, startQueue, takeWith } from "./queue.ts";

/** Events are told apart by their deliveries. */
export const numberedEvents: QueueSubject<EventQueue, QueuedEvent> = {
  enqueue: (queue, number) => queue.enqueue(acceptedPushOf(number)),
  numberOf: ({ event }) => Number(event.deliveryId.replace("delivery-", "")),
};

/** What must hold for every queue of events; with `shared`, of several processes on one store too. */
export function describeEventQueue(
  openStore: () => Promise<QueueStore<EventQueue>>,
  { shared }: { shared: boolean },
): void {
  describeQueue(numberedEvents, openStore, { shared });

  const start = () => startQueue<EventQueue, QueuedEvent>(openStore);

  it("hands events of each kind out as they were accepted", async () => {
    const { queue } = await start();
    const takings = await takeWith(queue);
    for (const accepted of [acceptedPushOf(1), acceptedCommentOf(2, "/build\r\n")]) {
      await queue.enqueue(accepted);
      const { queued, complete } = await takings.next();
      const { event, acceptedAt } = queued;
      expect({ event, acceptedAt }).toEqual(accepted);
      complete();
    }
  });

  it("tells deliveries apart by forge, host and id, and by nothing else", async () => {
    const { queue } = await start();
    const { repository } = acceptedPushOf(1).event;
    expect(await queue.enqueue(acceptedPushOf(1))).toBe("queued");
    expect(await queue.enqueue(acceptedPushOf(1, { branch: "other" }))).toBe("known");
    for (const other of [{ host: "ghe.example.com" }, { forge: "gitea" as const }]) {
      const accepted = acceptedPushOf(1, { repository: { ...repository, ...other } });
      expect(await queue.enqueue(accepted)).toBe("queued");
    }
    expect(await queue.enqueue(acceptedPushOf(2))).toBe("queued");
  });

  it("takes any delivery id", async () => {
    const { queue } = await start();
    for (const deliveryId of ["1", "a:b", "é\u0000\ud800", "x".repeat(10_000)]) {
      expect(await queue.enqueue(acceptedPushOf(1, { deliveryId }))).toBe("queued");
      expect(await queue.enqueue(acceptedPushOf(1, { deliveryId }))).toBe("known");
    }
  });

  it("takes text that no database would take as it is", async () => {
    const { queue } = await start();
    await queue.enqueue(acceptedCommentOf(1, "/build \u0000 \ud800 😀"));
    const { queued } = await (await takeWith(queue)).next();
    expect(queued.event).toMatchObject({ body: "/build  \ufffd 😀" });
  });
}
