import { UnrecoverableError, WaitingError } from "bullmq";
import type { Logger } from "pino";
import { answerDeadline } from "../connections/ask-server.ts";
import { withDeadline } from "../connections/with-deadline.ts";
import { toStorableText } from "../core/plain-text.ts";
import type { EntryHold } from "./entry-hold.ts";
import type { EntryKind } from "./entry-kind.ts";
import type { QueueBackend, QueueJob } from "./queue-backend.ts";
import { mostTries } from "./queue-timing.ts";
import type { EntryHandler } from "./taken-entry.ts";

/**
 * What is left of an entry whose handler is through: its id, by which it stays known. Logs and comments by the
 * thousand would fill a Redis.
 */
const husk = { done: true } as const;

/** Gives a taken entry to the handler, and tells BullMQ by what it throws what becomes of the entry. */
export async function runQueueJob<Entry>(
  kind: EntryKind<Entry>,
  queueJob: QueueJob,
  token: string | undefined,
  hold: EntryHold,
  handler: EntryHandler<Entry>,
  backend: Pick<QueueBackend, "save">,
  log: Logger,
): Promise<void> {
  if (isHusk(queueJob.data)) return;
  let entry = readEntry(kind, queueJob, log);
  let saved: Promise<unknown> = Promise.resolve();
  const save = (data: unknown) => {
    const saving = saved.then(() =>
      hold.unlessLost(() => withDeadline(backend.save(queueJob, data), answerDeadline)),
    );
    saved = saving.catch(() => {});
    return saving;
  };
  try {
    hold.signal.throwIfAborted();
    await handler({
      get entry() {
        return entry;
      },
      failedTries: queueJob.attemptsMade,
      takenBefore: queueJob.attemptsStarted > 1,
      signal: hold.signal,
      save(changed) {
        entry = changed;
        return save(toStorableText(changed));
      },
    });
  } catch (error) {
    if (!hold.signal.aborted) throw describeFailedTry(kind.noun, queueJob, error, log);
    if (!hold.lost) await giveBack(kind.noun, queueJob, token, log);
    // BullMQ leaves the entry where it is now: https://docs.bullmq.io/patterns/process-step-jobs
    throw new WaitingError();
  }
  await save(husk).catch(() => {}); // It is done, and takes more room than it needs.
}

function isHusk(data: unknown): boolean {
  return typeof data === "object" && data !== null && "done" in data && data.done === true;
}

function readEntry<Entry>(kind: EntryKind<Entry>, { id, data }: QueueJob, log: Logger): Entry {
  try {
    return kind.parse(data);
  } catch (error) {
    log.error({ [kind.noun]: id, err: error }, "dropping an entry of the queue that cannot be read");
    throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
  }
}

/** BullMQ acts on the names and messages of errors: what a handler throws must not be taken for one of its own. */
function describeFailedTry(noun: string, { id, attemptsMade }: QueueJob, error: unknown, log: Logger): Error {
  const failedTries = attemptsMade + 1;
  const about = { [noun]: id, failedTries, err: error };
  if (failedTries < mostTries) log.warn(about, `working on the ${noun} failed: it is tried again later`);
  else log.error(about, `working on the ${noun} failed for days: it is given up`);
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`try ${failedTries} failed: ${message}`, { cause: error });
}

async function giveBack(
  noun: string,
  queueJob: QueueJob,
  token: string | undefined,
  log: Logger,
): Promise<void> {
  try {
    await withDeadline(queueJob.moveToWait(token), answerDeadline);
  } catch (error) {
    log.warn({ [noun]: queueJob.id, err: error }, `could not let go of the ${noun}: it is taken again later`);
  }
}
