import type { BuildId } from "../core/build-id.ts";
import type { UploadRequest } from "../core/upload.ts";

/** An upload taken from the queue. */
export type QueuedUpload = {
  readonly request: UploadRequest;
  /** How often it was taken and thrown back with an error: 0 at first. Letting go does not count. */
  readonly failedTries: number;
  /** Aborts when this process must let go of it: another one (or this one, restarted) will take it. */
  readonly signal: AbortSignal;
};

/** Brings an upload to its end. An error throws it back, to be taken again after a while. */
export type UploadHandler = (queued: QueuedUpload) => Promise<void>;

/** The queue of builds of what was sent: as durable as that of commits' builds. */
export interface UploadQueue {
  /** Durable once it resolves. `known`: a build of that id waits, runs or ended lately. */
  enqueue(request: UploadRequest): Promise<"queued" | "known">;
  /** Has one that waits for its next try taken at once. */
  hasten(id: BuildId): Promise<void>;
  /** Starts to take them, at most `concurrency` at once. To be called once. */
  process(handler: UploadHandler, concurrency: number): Promise<void>;
  close(): Promise<void>;
}
