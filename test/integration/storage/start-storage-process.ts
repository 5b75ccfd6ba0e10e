import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { EmbeddedStorageOptions } from "../../../src/storage/embedded-storage.ts";
import type { PostgresStorageOptions } from "../../../src/storage/postgres-storage.ts";
import type { RedisStorageOptions } from "../../../src/storage/redis-storage.ts";
import type { QueueName } from "./queue-subjects.ts";

export type Instructions = {
  place: RedisStorageOptions | PostgresStorageOptions | EmbeddedStorageOptions;
  queue?: QueueName;
  /** Numbers of the entries to enqueue. */
  enqueue?: number[];
  /** Numbers of the builds to keep in the history. */
  keep?: number[];
  take?: boolean;
};

export type Notice =
  | { enqueued: number; answer: "queued" | "known" }
  | { kept: number; answer: "added" | "known" }
  | { taken: number; failedTries: number };

export type StorageProcess = {
  /** The next thing that it tells. Rejects when it ends before. */
  next(): Promise<Notice>;
  /** Ends it at once, by SIGKILL. */
  kill(): Promise<void>;
};

const script = fileURLToPath(new URL("storage-process.ts", import.meta.url));

/** Starts a process that uses a storage; it is killed when the test is over, if it was not before. */
export function startStorageProcess(instructions: Instructions): StorageProcess {
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
      if (done) throw new Error(`the process with the storage ended before it told more: ${await errors}`);
      return JSON.parse(value) as Notice;
    },
    kill,
  };
}
