import { UnrecoverableError, WaitingError } from "bullmq";
import type { Logger } from "pino";
import type { BuildHandler, BuildProgress } from "./build-queue.ts";
import type { QueueBackend, QueueJob } from "./queue-backend.ts";
import { parseQueueEntry } from "./queue-entry.ts";
import { answerDeadline, mostTries } from "./queue-timing.ts";
import type { TakenBuild } from "./taken-build.ts";
import { withDeadline } from "./with-deadline.ts";

/** Gives a taken build to the handler, and tells BullMQ by what it throws what becomes of the build. */
export async function runQueueJob(
  queueJob: QueueJob,
  token: string | undefined,
  taken: TakenBuild,
  handler: BuildHandler,
  backend: Pick<QueueBackend, "save">,
  log: Logger,
): Promise<void> {
  let progress = readProgress(queueJob, log);
  let saved: Promise<unknown> = Promise.resolve();
  try {
    taken.signal.throwIfAborted();
    await handler({
      get progress() {
        return progress;
      },
      failedTries: queueJob.attemptsMade,
      takenBefore: queueJob.attemptsStarted > 1,
      signal: taken.signal,
      save(changes) {
        progress = { ...progress, ...changes };
        const saving = saved.then(() =>
          taken.unlessLost(() => withDeadline(backend.save(queueJob, progress), answerDeadline)),
        );
        saved = saving.catch(() => {});
        return saving;
      },
    });
  } catch (error) {
    if (!taken.signal.aborted) throw describeFailedTry(queueJob, error, log);
    if (!taken.lost) await giveBack(queueJob, token, log);
    // BullMQ leaves the build where it is now: https://docs.bullmq.io/patterns/process-step-jobs
    throw new WaitingError();
  }
}

function readProgress({ id, data }: QueueJob, log: Logger): BuildProgress {
  try {
    return parseQueueEntry(data);
  } catch (error) {
    log.error({ build: id, err: error }, "dropping an entry of the queue that cannot be read");
    throw new UnrecoverableError(error instanceof Error ? error.message : String(error));
  }
}

/** BullMQ acts on the names and messages of errors: what a handler throws must not be taken for one of its own. */
function describeFailedTry({ id, attemptsMade }: QueueJob, error: unknown, log: Logger): Error {
  const failedTries = attemptsMade + 1;
  if (failedTries < mostTries) {
    log.warn({ build: id, failedTries, err: error }, "working on a build failed: it is tried again later");
  } else {
    log.error({ build: id, failedTries, err: error }, "working on a build failed for days: it is given up");
  }
  const message = error instanceof Error ? error.message : String(error);
  return new Error(`try ${failedTries} failed: ${message}`, { cause: error });
}

async function giveBack(queueJob: QueueJob, token: string | undefined, log: Logger): Promise<void> {
  try {
    await withDeadline(queueJob.moveToWait(token), answerDeadline);
  } catch (error) {
    log.warn({ build: queueJob.id, err: error }, "could not let go of a build: it is taken again in a while");
  }
}
