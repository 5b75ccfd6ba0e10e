import type { BuildRequest, BuildResult } from "../core/build.ts";
import type { BuildId } from "../core/build-id.ts";
import type { DecidedBuild } from "../core/decision.ts";

/** What is kept durably about a queued build. */
export type BuildProgress = {
  request: BuildRequest;
  /** What the forge calls the published report (GitHub: the check run's id). */
  reportId?: string;
  /** Set once the build has ended; what is left to do is to publish it. */
  result?: BuildResult;
};

/** A build taken from the queue. */
export type QueuedBuild = {
  readonly progress: BuildProgress;
  /** How often it was taken and thrown back with an error: 0 at first. Letting go does not count. */
  readonly failedTries: number;
  /** Whether it was taken before, and thrown back or lost by a process that died: it may have left traces. */
  readonly takenBefore: boolean;
  /** Aborts when this process must let go of the build: another one (or this one, restarted) will take it. */
  readonly signal: AbortSignal;
  /** Changes `progress` at once, and resolves when that is durable. Changes become durable in their order. */
  save(changes: Partial<Omit<BuildProgress, "request">>): Promise<void>;
};

/**
 * Works on one build until nothing is left to do. An error throws it back, to be taken again after a while;
 * after `signal` aborted, an error throws it back to be taken again at once.
 */
export type BuildHandler = (queued: QueuedBuild) => Promise<void>;

export type EnqueueOptions = {
  /**
   * A whole number from 0; the lower ones are taken first, and builds of the same in the order of their coming. The
   * number of a repository's builds that wait already keeps it from holding up the first ones of others.
   */
  priority?: number;
  /** The build ends before it starts: the entry has its result from the first, so that it is only published. */
  end?: DecidedBuild["end"] | undefined;
};

/** Keeps requests until they are done. One contract suite holds for every backend: test/contract/build-queue.ts. */
export interface BuildQueue {
  /** Durable once it resolves. `known`: a build of that id waits, runs or ended lately. */
  enqueue(request: BuildRequest, options?: EnqueueOptions): Promise<"queued" | "known">;

  /** Has a build that waits for its next try taken at once. Any other stays as it is. */
  hasten(id: BuildId): Promise<void>;

  /** Starts to take builds, at most `concurrency` at once. To be called once. */
  process(handler: BuildHandler, concurrency: number): Promise<void>;

  /** Rejects, with the reason, when the queue cannot take a request now. */
  ping(): Promise<void>;

  /** Aborts every taken build's signal, waits for their handlers, and takes and accepts nothing more. */
  close(): Promise<void>;
}
