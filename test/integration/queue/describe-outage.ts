import { once } from "node:events";
import { pino } from "pino";
import { it, type TestContext, vi } from "vitest";
import type { BuildQueue } from "../../../src/queue/build-queue.ts";
import type { QueueTiming } from "../../../src/queue/queue-timing.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { recordTakings } from "../../contract/takings.ts";
import { type SeverableProxy, startProxy } from "../../harness/severable-proxy.ts";
import { alertTiming, patientTiming } from "./timing.ts";

/** Opens an empty queue on the server that answers at the port. */
export type OpenAt = (
  port: number,
  timing: QueueTiming,
  log: pino.Logger,
  context: TestContext,
) => Promise<BuildQueue>;

/** What must hold of a queue whose server is out of reach at times. Side by side, as each test mostly waits. */
export function describeOutage(serverPort: () => number, openAt: OpenAt): void {
  async function start(timing: QueueTiming, context: TestContext) {
    const proxy: SeverableProxy = await startProxy(serverPort());
    const logged: string[] = [];
    const log = pino({ level: "warn" }, { write: (line) => logged.push(line) });
    const queue = await openAt(proxy.port, timing, log, context);
    const takings = recordTakings();
    context.onTestFinished(async () => {
      proxy.restore();
      takings.release();
      await queue.close();
      await proxy.close();
    });
    await queue.process(takings.handler, 1);
    return { proxy, queue, takings, logged };
  }

  const eventually = <Value>(ask: () => Promise<Value>) =>
    vi.waitFor(ask, { timeout: 50_000, interval: 100 });

  it.concurrent("refuses builds while its server is away, and takes them by itself when it is back", async (context) => {
    const { expect } = context;
    const { proxy, queue, takings, logged } = await start(patientTiming, context);
    proxy.sever();
    const refusal = `enqueueing build ${buildRequestOf(1).id}: `;
    await Promise.all([
      expect(queue.enqueue(buildRequestOf(1))).rejects.toThrow(refusal),
      expect(queue.ping()).rejects.toThrow("asking the queue: "),
    ]);
    proxy.restore();
    await eventually(() => queue.ping());
    await eventually(() => queue.enqueue(buildRequestOf(1)));
    const { queued, complete } = await takings.next();
    expect(queued).toMatchObject({ progress: { request: buildRequestOf(1) }, failedTries: 0 });
    complete();
    // A few causes, each once, however often they were reported.
    expect(logged.length).toBeLessThan(10);
  });

  it.concurrent("refuses builds in time when its server is silent", async (context) => {
    const { expect } = context;
    const { proxy, queue, takings } = await start(patientTiming, context);
    proxy.stall();
    await expect(queue.enqueue(buildRequestOf(1))).rejects.toThrow("no answer within");
    proxy.restore();
    await eventually(() => queue.enqueue(buildRequestOf(1)));
    (await takings.next()).complete();
  });

  it.concurrent("lets go of a build when it can hold it no longer, and the build is taken again", async (context) => {
    const { expect } = context;
    const { proxy, queue, takings } = await start(alertTiming, context);
    await queue.enqueue(buildRequestOf(1));
    const { queued, fail } = await takings.next();
    proxy.sever();
    await once(queued.signal, "abort");
    await expect(queued.save({ reportId: "42" })).rejects.toThrow("lost its hold");
    fail();
    proxy.restore();
    const again = await takings.next();
    expect(again.queued).toMatchObject({ failedTries: 0, takenBefore: true });
    again.complete();
  });

  it.concurrent("can be closed while its server is away", async (context) => {
    const { proxy, queue, takings } = await start(patientTiming, context);
    await queue.enqueue(buildRequestOf(1));
    const { queued, fail } = await takings.next();
    proxy.sever();
    const closed = queue.close();
    if (!queued.signal.aborted) await once(queued.signal, "abort");
    fail();
    await closed;
  });
}
