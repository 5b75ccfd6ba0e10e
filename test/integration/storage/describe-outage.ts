import { once } from "node:events";
import { pino } from "pino";
import { describe, it, type TestContext, vi } from "vitest";
import type { QueuedBuild } from "../../../src/queue/build-queue.ts";
import type { QueueTiming } from "../../../src/queue/queue-timing.ts";
import type { Storage } from "../../../src/storage/storage.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { recordTakings } from "../../contract/takings.ts";
import { type SeverableProxy, startProxy } from "../../harness/severable-proxy.ts";
import { type Counted, type QueueName, queueNames, queueOf } from "./queue-subjects.ts";
import { alertTiming, patientTiming } from "./timing.ts";

/** Opens an empty storage on the server that answers at the port. */
export type OpenAt = (
  port: number,
  timing: QueueTiming,
  log: pino.Logger,
  context: TestContext,
) => Promise<Storage>;

/** What must hold of a storage whose server is out of reach at times. Side by side, as each test mostly waits. */
export function describeOutage(serverPort: () => number, openAt: OpenAt): void {
  async function start(timing: QueueTiming, context: TestContext) {
    const proxy: SeverableProxy = await startProxy(serverPort());
    const logged: string[] = [];
    const log = pino({ level: "warn" }, { write: (line) => logged.push(line) });
    const storage = await openAt(proxy.port, timing, log, context);
    context.onTestFinished(async () => {
      proxy.restore();
      await storage.close();
      await proxy.close();
    });
    return { proxy, storage, logged };
  }

  async function startTaking(name: QueueName, timing: QueueTiming, context: TestContext) {
    const { proxy, storage, logged } = await start(timing, context);
    const takings = recordTakings<Counted>();
    context.onTestFinished(takings.release);
    const queue = queueOf(storage, name);
    await queue.process(takings.handler, 1);
    return { proxy, storage, logged, queue, takings };
  }

  const eventually = <Value>(ask: () => Promise<Value>) =>
    vi.waitFor(ask, { timeout: 50_000, interval: 100 });

  describe.each(queueNames)("its %s", (name) => {
    it.concurrent("are refused while the server is away, and taken by themselves when it is back", async (context) => {
      const { expect } = context;
      const { proxy, queue, takings, logged } = await startTaking(name, patientTiming, context);
      proxy.sever();
      await Promise.all([
        expect(queue.enqueue(1)).rejects.toThrow(/^enqueueing \w+ [0-9a-f]+: /),
        expect(queue.ping()).rejects.toThrow("asking the queue: "),
      ]);
      proxy.restore();
      await eventually(() => queue.ping());
      await eventually(() => queue.enqueue(1));
      const { queued, complete } = await takings.next();
      expect([queue.numberOf(queued), queued.failedTries]).toEqual([1, 0]);
      complete();
      // A few causes, each once, however often they were reported.
      expect(logged.length).toBeLessThan(10);
    });

    it.concurrent("are refused in time when the server is silent", async (context) => {
      const { expect } = context;
      const { proxy, queue, takings } = await startTaking(name, patientTiming, context);
      proxy.stall();
      await expect(queue.enqueue(1)).rejects.toThrow("no answer within");
      proxy.restore();
      await eventually(() => queue.enqueue(1));
      (await takings.next()).complete();
    });

    it.concurrent("are let go of when they can be held no longer, and taken again", async (context) => {
      const { expect } = context;
      const { proxy, queue, takings } = await startTaking(name, alertTiming, context);
      await queue.enqueue(1);
      const { queued, fail } = await takings.next();
      proxy.sever();
      await once(queued.signal, "abort");
      fail();
      proxy.restore();
      const again = await takings.next();
      expect([queue.numberOf(again.queued), again.queued.failedTries]).toEqual([1, 0]);
      again.complete();
    });

    it.concurrent("can be closed while the server is away", async (context) => {
      const { proxy, queue, takings } = await startTaking(name, patientTiming, context);
      await queue.enqueue(1);
      const { queued, fail } = await takings.next();
      proxy.sever();
      const closed = queue.close();
      if (!queued.signal.aborted) await once(queued.signal, "abort");
      fail();
      await closed;
    });
  });

  it.concurrent("saves nothing about a build that it could hold no longer", async (context) => {
    const { expect } = context;
    const { proxy, storage } = await start(alertTiming, context);
    const takings = recordTakings<QueuedBuild>();
    context.onTestFinished(takings.release);
    await storage.builds.process(takings.handler, 1);
    await storage.builds.enqueue(buildRequestOf(1));
    const { queued, fail } = await takings.next();
    proxy.sever();
    await once(queued.signal, "abort");
    await expect(queued.save({ reportId: "42" })).rejects.toThrow("lost its hold");
    fail();
    proxy.restore();
    const again = await takings.next();
    expect(again.queued).toMatchObject({ progress: { request: buildRequestOf(1) }, takenBefore: true });
    expect(again.queued.progress.reportId).toBeUndefined();
    again.complete();
  });

  it.concurrent("has a history that refuses in time while the server is away or silent, and goes on when it is back", async (context) => {
    const { expect } = context;
    const { proxy, storage } = await start(patientTiming, context);
    const { history } = storage;
    const request = buildRequestOf(1);
    await history.add({ request, state: "queued" });
    proxy.sever();
    await expect(history.get(request.id)).rejects.toThrow(`looking up build ${request.id}: `);
    proxy.restore();
    await eventually(() => history.get(request.id));
    proxy.stall();
    await expect(history.change(request.id, { state: "running" })).rejects.toThrow("no answer within");
    proxy.restore();
    await eventually(() => history.change(request.id, { reportId: "42" }));
    expect(await history.get(request.id)).toMatchObject({ request, reportId: "42" });
  });
}
