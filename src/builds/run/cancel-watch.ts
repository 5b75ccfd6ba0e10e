import type { Logger } from "pino";
import type { Cancellation } from "../../core/build.ts";
import type { BuildId } from "../../core/build-id.ts";
import type { History } from "../../history/history.ts";

/** Tells the builds that this process holds when they are to end. */
export type CancelWatch = {
  /** Aborts, with a {@link Cancelled} for its reason, once the history says that the build is to end. */
  signalOf(id: BuildId): { signal: AbortSignal; forget: () => void };
  close(): void;
};

export class Cancelled extends Error {
  readonly cancellation: Cancellation;

  constructor(cancellation: Cancellation) {
    super(`the build is to end: ${cancellation.reason}, ${cancellation.by}`);
    this.name = "Cancelled";
    this.cancellation = cancellation;
  }
}

/** One question for all builds: whichever process took the command, no message to this one can be lost. */
const LOOK_MS = 500;

export function createCancelWatch(history: Pick<History, "cancellations">, log: Logger): CancelWatch {
  const held = new Map<BuildId, AbortController>();
  let isLooking = false;
  let isAnswering = true;
  const timer = setInterval(() => {
    if (!isLooking && held.size > 0) void look();
  }, LOOK_MS);
  timer.unref();

  async function look(): Promise<void> {
    isLooking = true;
    try {
      for (const [id, cancellation] of await history.cancellations([...held.keys()]))
        held.get(id)?.abort(new Cancelled(cancellation));
      isAnswering = true;
    } catch (error) {
      if (isAnswering) log.warn({ err: error }, "cannot look for builds that are to end");
      isAnswering = false;
    } finally {
      isLooking = false;
    }
  }

  return {
    signalOf(id) {
      const controller = new AbortController();
      held.set(id, controller);
      return { signal: controller.signal, forget: () => held.get(id) === controller && held.delete(id) };
    },
    close: () => clearInterval(timer),
  };
}
