import type { Logger } from "pino";
import { isPermanent } from "../core/build-fault.ts";
import type { Report } from "../core/report.ts";
import type { Forge } from "../forges/forge.ts";
import type { QueuedBuild } from "../queue/build-queue.ts";

/** Publishes one build's reports, one after the other, always into the same place on the forge. */
export type Reporter = {
  /**
   * Resolves when the forge shows the report, or has refused it for good (which is logged: there is no place left
   * to tell it). Rejects when another try can help.
   */
  publish(report: Report): Promise<void>;
};

export function createReporter(forge: Forge, queued: QueuedBuild, log: Logger): Reporter {
  const { repository, commit } = queued.progress.request;
  let mayExist = queued.takenBefore;
  let previous: Promise<unknown> = Promise.resolve();

  async function publishNext(report: Report): Promise<void> {
    const { reportId } = queued.progress;
    try {
      const published = await forge.publishReport({ repository, commit, reportId, mayExist }, report);
      if (published.reportId !== reportId) await queued.save({ reportId: published.reportId });
    } catch (error) {
      // The forge may have made it although its answer was lost.
      mayExist = true;
      if (!isPermanent(error)) throw error;
      log.error({ err: error }, "report refused by the forge");
    }
  }

  return {
    publish(report) {
      const publishing = previous.then(() => publishNext(report));
      previous = publishing.catch(() => {});
      return publishing;
    },
  };
}
