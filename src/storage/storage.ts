import type { Logger } from "pino";
import { answerDeadline, askServer, type Server } from "../connections/ask-server.ts";
import { reportErrors } from "../connections/report-errors.ts";
import { withDeadline } from "../connections/with-deadline.ts";
import { createHistory } from "../history/durable-history.ts";
import { createUploadHistory } from "../history/durable-upload-history.ts";
import type { History } from "../history/history.ts";
import type { HistoryStore, Retention } from "../history/history-store.ts";
import { keepSwept } from "../history/keep-swept.ts";
import type { UploadHistory } from "../history/upload-history.ts";
import { buildEntries } from "../queue/build-entry.ts";
import type { BuildQueue } from "../queue/build-queue.ts";
import { createBuildQueue } from "../queue/durable-build-queue.ts";
import { createEventQueue } from "../queue/durable-event-queue.ts";
import { DurableQueue } from "../queue/durable-queue.ts";
import { createUploadQueue, uploadEntries } from "../queue/durable-upload-queue.ts";
import { eventEntries } from "../queue/event-entry.ts";
import type { EventQueue } from "../queue/event-queue.ts";
import type { QueueBackend } from "../queue/queue-backend.ts";
import type { QueueTiming } from "../queue/queue-timing.ts";
import type { UploadQueue } from "../queue/upload-queue.ts";

/** All that Pushwright keeps, in one place. */
export type Storage = {
  events: EventQueue;
  builds: BuildQueue;
  uploads: UploadQueue;
  history: History;
  uploadHistory: UploadHistory;
  /** Rejects, with the reason, when nothing can be kept now. */
  ping(): Promise<void>;
  /** Closes all queues, which waits for what was taken from them; then the history, then the connections. */
  close(): Promise<void>;
};

/** An open place for queues and history. */
export type StorageServer = Server & {
  openQueue(queueName: string): Promise<QueueBackend>;
  history: HistoryStore;
  /** Ends all connections, whether the server is there or not. */
  disconnect(): Promise<void>;
};

/** Without a `retention` nothing is ever removed. */
export async function openStorageOn(
  server: StorageServer,
  timing: QueueTiming,
  retention: Retention | undefined,
  log: Logger,
): Promise<Storage> {
  let closed: Promise<void> | undefined;
  let isHistoryClosed = false;
  const ask = askServer(server, () => (closed ? "the storage is closed" : undefined));
  const events = createEventQueue(
    new DurableQueue(eventEntries, await server.openQueue(eventEntries.queueName), timing, log),
  );
  const builds = createBuildQueue(
    new DurableQueue(buildEntries, await server.openQueue(buildEntries.queueName), timing, log),
  );
  const uploads = createUploadQueue(
    new DurableQueue(uploadEntries, await server.openQueue(uploadEntries.queueName), timing, log),
  );
  const uploadHistory = createUploadHistory(server.history, server, () => isHistoryClosed);
  const history = createHistory(server.history, server, () => isHistoryClosed, log);
  const stopSweeping = retention
    ? keepSwept(server.history, retention, reportErrors(log, server.name))
    : async () => {};

  async function close(): Promise<void> {
    try {
      await Promise.all([events.close(), builds.close(), uploads.close()]);
      isHistoryClosed = true;
      await withDeadline(stopSweeping(), answerDeadline).catch(() => {});
    } finally {
      await server.disconnect();
    }
  }

  return {
    events,
    builds,
    uploads,
    history,
    uploadHistory,
    ping: () => ask("asking the storage", () => server.ping()),
    close() {
      closed ??= close();
      return closed;
    },
  };
}
