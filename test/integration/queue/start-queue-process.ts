import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { EmbeddedBuildQueueOptions } from "../../../src/queue/embedded-build-queue.ts";
import type { PostgresBuildQueueOptions } from "../../../src/queue/postgres-build-queue.ts";
import type { RedisBuildQueueOptions } from "../../../src/queue/redis-build-queue.ts";

export type Instructions = {
  backend: RedisBuildQueueOptions | PostgresBuildQueueOptions | EmbeddedBuildQueueOptions;
  /** Numbers of the requests to enqueue. */
  enqueue?: number[];
  take?: boolean;
};

export type Notice =
  | { enqueued: number; answer: "queued" | "known" }
  | { taken: string; failedTries: number; takenBefore: boolean };

export type QueueProcess = {
  /** The next thing that it tells. Rejects when it ends before. */
  next(): Promise<Notice>;
  /** Ends it at once, by SIGKILL. */
  kill(): Promise<void>;
};

const script = fileURLToPath(new URL("queue-process.ts", import.meta.url));

/** Starts a process that uses a queue; it is killed when the test is over, if it was not before. */
export function startQueueProcess(instructions: Instructions): QueueProcess {
  const child = spawn(process.execPath, [script, JSON.stringify(instructions)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  const errors = text(child.stderr);
  const kill = async () => {
    child.kill("SIGKILL");
    await ended;
  };
  onTestFinished(kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async next() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`the process with the queue ended before it told more: ${await errors}`);
      return JSON.parse(value) as Notice;
    },
    kill,
  };
}
