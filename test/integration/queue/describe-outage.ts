import { once } from "node:events";
import { pino } from "pino";
import { expect, it, onTestFinished, vi } from "vitest";
import type { BuildQueue } from "../../../src/queue/build-queue.ts";
import type { QueueTiming } from "../../../src/queue/queue-timing.ts";
import { buildRequestOf } from "../../contract/build-request.ts";
import { recordTakings } from "../../contract/takings.ts";
import { type SeverableProxy, startProxy } from "../../harness/severable-proxy.ts";
import { alertTiming, patientTiming } from "./timing.ts";

/** Opens an empty queue on the server that answers at the port. */
export type OpenAt = (port: number, timing: QueueTiming, log: pino.Logger) => Promise<BuildQueue>;

/** What must hold of a queue whose server is out of reach at times. */
export function describeOutage(serverPort: () => number, openAt: OpenAt): void {
  async function start(timing: QueueTiming) {
    const proxy: SeverableProxy = await startProxy(serverPort());
    const logged: string[] = [];
    const log = pino({ level: "warn" }, { write: (line) => logged.push(line) });
    const queue = await openAt(proxy.port, timing, log);
    const takings = recordTakings();
    onTestFinished(async () => {
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

  it("refuses builds while its server is away, and takes them by itself when it is back", async () => {
    const { proxy, queue, takings, logged } = await start(patientTiming);
    proxy.sever();
    const refusal = `enqueueing build ${buildRequestOf(1).id}: `;
    for (let asks = 0; asks < 3; asks++) {
      await expect(queue.enqueue(buildRequestOf(1))).rejects.toThrow(refusal);
      await expect(queue.ping()).rejects.toThrow("asking the queue: ");
    }
    proxy.restore();
    await eventually(() => queue.ping());
    await eventually(() => queue.enqueue(buildRequestOf(1)));
    const { queued, complete } = await takings.next();
    expect(queued).toMatchObject({ progress: { request: buildRequestOf(1) }, failedTries: 0 });
    complete();
    // A few causes, each once, however often they were reported.
    expect(logged.length).toBeLessThan(15);
  });

  it("refuses builds in time when its server is silent", async () => {
    const { proxy, queue, takings } = await start(patientTiming);
    proxy.stall();
    await expect(queue.enqueue(buildRequestOf(1))).rejects.toThrow("no answer within");
    proxy.restore();
    await eventually(() => queue.enqueue(buildRequestOf(1)));
    (await takings.next()).complete();
  });

  it("lets go of a build when it can hold it no longer, and the build is taken again", async () => {
    const { proxy, queue, takings } = await start(alertTiming);
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

  it("can be closed while its server is away", async () => {
    const { proxy, queue, takings } = await start(patientTiming);
    await queue.enqueue(buildRequestOf(1));
    const { queued, fail } = await takings.next();
    proxy.sever();
    const closed = queue.close();
    if (!queued.signal.aborted) await once(queued.signal, "abort");
    fail();
    await closed;
  });
}
