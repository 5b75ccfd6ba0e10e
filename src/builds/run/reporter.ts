import type { Logger } from "pino";
import { isPermanent } from "../../core/build-fault.ts";
import type { Report } from "../../core/report.ts";
import type { Forge } from "../../forges/forge.ts";
import type { QueuedBuild } from "../../queue/build-queue.ts";

/** Publishes one build's reports, one after the other, always into the same place on the forge. */
export type Reporter = {
  /**
   * Resolves when the forge shows the report, or has refused it for good (which is logged: there is no place left
   * to tell it). Rejects when another try can help.
   */
  publish(report: Report): Promise<void>;
};

/** A refusal of the last word may pass (a token withdrawn, a commit not yet everywhere): it is tried this often. */
const MAX_REFUSALS = 8;

export function createReporter(forge: Forge, queued: QueuedBuild, log: Logger): Reporter {
  const { repository, commit } = queued.progress.request;
  let mayExist = queued.takenBefore;
  let isCompleted = false;
  let previous: Promise<unknown> = Promise.resolve();

  async function publishNext(report: Report): Promise<void> {
    // The last word stands: what was said before it, and only now comes to its turn, is left unsaid.
    if (isCompleted && report.status !== "completed") return;
    const { reportId } = queued.progress;
    try {
      const published = await forge.publishReport({ repository, commit, reportId, mayExist }, report);
      if (published.reportId !== reportId) await queued.save({ reportId: published.reportId });
    } catch (error) {
      // The forge may have made it although its answer was lost.
      mayExist = true;
      if (!isPermanent(error)) throw error;
      if (report.status === "completed" && queued.failedTries < MAX_REFUSALS) throw error;
      log.error({ err: error }, "report refused by the forge");
    }
  }

  return {
    publish(report) {
      isCompleted ||= report.status === "completed";
      const publishing = previous.then(() => publishNext(report));
      previous = publishing.catch(() => {});
      return publishing;
    },
  };
}
