import type { ForgeEvent } from "../core/forge-event.ts";

/** An event that a forge sent, and when. */
export type AcceptedEvent = {
  event: ForgeEvent;
  /** When the webhook was accepted, in milliseconds since 1970. */
  acceptedAt: number;
};

/** An event taken from the queue. */
export type QueuedEvent = AcceptedEvent & {
  /** How often it was taken and thrown back with an error: 0 at first. Letting go does not count. */
  readonly failedTries: number;
  /** Aborts when this process must let go of the event: another one (or this one, restarted) will take it. */
  readonly signal: AbortSignal;
};

/**
 * Decides what an event asks for and sees to it that it is durable elsewhere. May be run again from any point. An error
 * throws it back, to be taken again after a while.
 */
export type EventHandler = (queued: QueuedEvent) => Promise<void>;

/** Keeps events until they are dealt with. One contract suite holds for every backend: test/contract/event-queue.ts. */
export interface EventQueue {
  /** Durable once it resolves. `known`: the same delivery waits, or was dealt with lately. */
  enqueue(accepted: AcceptedEvent): Promise<"queued" | "known">;

  /** Starts to take events, at most `concurrency` at once. To be called once. */
  process(handler: EventHandler, concurrency: number): Promise<void>;

  /** Rejects, with the reason, when the queue cannot take an event now. */
  ping(): Promise<void>;

  /** Aborts every taken event's signal, waits for their handlers, and takes and accepts nothing more. */
  close(): Promise<void>;
}
