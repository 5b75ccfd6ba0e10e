import { UploadRequest } from "../core/upload.ts";
import type { DurableQueue } from "./durable-queue.ts";
import type { EntryKind } from "./entry-kind.ts";
import { parseEntry } from "./parse-entry.ts";
import type { UploadQueue } from "./upload-queue.ts";

export const uploadEntries: EntryKind<UploadRequest> = {
  queueName: "uploads",
  noun: "build",
  idOf: ({ id }) => id,
  nameOf: ({ image }) => image.path,
  parse: (data) => parseEntry(UploadRequest, "build", data),
};

/** The queue of uploads. An entry's id is its build's. */
export function createUploadQueue(queue: DurableQueue<UploadRequest>): UploadQueue {
  return {
    enqueue: (request) => queue.add(request),
    hasten: (id) => queue.hasten(id),
    process: (handler, concurrency) =>
      queue.process(
        ({ entry, failedTries, signal }) => handler({ request: entry, failedTries, signal }),
        concurrency,
      ),
    close: () => queue.close(),
  };
}
