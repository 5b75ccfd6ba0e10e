import { setImmediate } from "node:timers/promises";
import type { Build, BuildResult } from "../core/build.ts";
import { BuildFault, isPermanent } from "../core/build-fault.ts";
import { diagnose } from "../core/diagnose.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { formatFinishedReport, formatRunningReport, formatWaitingReport } from "../core/format-report.ts";
import { toPlainText } from "../core/plain-text.ts";
import { formatRepository } from "../core/repository.ts";
import { takeRoom } from "../core/take-room.ts";
import type { BuildHandler } from "../queue/build-queue.ts";
import { createAnnouncer } from "./announcer.ts";
import { type Attempt, attemptBuild } from "./attempt-build.ts";
import { BUILD_PAUSES, type BuildPauses } from "./build-pauses.ts";
import type { BuildPorts } from "./build-ports.ts";
import { isFollowedByTry } from "./further-try.ts";
import { createLogTail } from "./log-tail.ts";
import { planBuild } from "./plan-build.ts";
import { createReporter } from "./reporter.ts";
import { createStopwatch } from "./stopwatch.ts";

/** Brings a queued build to a result that is kept, then to a report that the forge shows, then clears up after it. */
export function createRunBuild(ports: BuildPorts, pauses: BuildPauses = BUILD_PAUSES): BuildHandler {
  return async (queued) => {
    const { request } = queued.progress;
    const { id, repository, commit } = request;
    const tryNumber = queued.failedTries + 1;
    const log = ports.log.child({ build: id, repository: formatRepository(repository), commit, tryNumber });
    const build: Build = { request, builder: ports.builder.description };
    const plan = planBuild(request, tryNumber, ports.push);
    const reporter = createReporter(ports.forgeOf(repository.forge), queued, log);
    const announcer = createAnnouncer(reporter, pauses, queued.signal, log);
    const stopwatch = createStopwatch(request.acceptedAt, log);
    const tail = createLogTail();

    if (queued.progress.result) {
      await publishResult(queued.progress.result);
      await clearUp();
      return;
    }

    const place = await placeToRun();
    try {
      stopwatch.mark("started");
      announcer.announce(formatRunningReport(build));
      const attempt = await attemptOrFail();
      if (attempt) await Promise.all([keepAndPublish(success(attempt)), settleAndClearUp(attempt)]);
    } finally {
      announcer.stop();
      place.free();
    }

    async function placeToRun() {
      const place = takeRoom(ports.places, 1, queued.signal);
      const isFree = await Promise.race([place.then(() => true), setImmediate(false)]);
      if (!isFree) announcer.announce(formatWaitingReport(build));
      return place;
    }

    /** Undefined when the build failed and that is all published. */
    async function attemptOrFail(): Promise<Attempt | undefined> {
      try {
        return await attemptBuild(ports, pauses, request, plan, stopwatch, tail.add, queued.signal);
      } catch (error) {
        queued.signal.throwIfAborted();
        log.info({ err: error }, "try at the build failed");
        if (isFollowedByTry(error, tryNumber, Date.now() - request.acceptedAt)) {
          await Promise.all([noteSetback(error), clearUp()]);
          throw error;
        }
        await Promise.all([keepAndPublish(failure(finalDiagnosis(error))), clearUp()]);
        return undefined;
      }
    }

    async function noteSetback(error: unknown): Promise<void> {
      const note = `Try ${tryNumber} failed, and the build will be tried again. ${describe(error)}`;
      await reporter.publish(toPlainText(formatRunningReport(build, note))).catch((unpublished: unknown) => {
        log.warn({ err: unpublished }, "setback not published");
      });
    }

    async function keepAndPublish(result: BuildResult): Promise<void> {
      announcer.stop();
      await queued.save({ result });
      await publishResult(result);
    }

    async function publishResult(result: BuildResult): Promise<void> {
      await reporter.publish(formatFinishedReport({ ...build, result }, result));
      log.info({ stage: "reported", at: Date.now(), outcome: result.outcome }, "build reported");
    }

    /** What cannot be removed now is removed by the cluster, after the time that each kanikoJob is given. */
    async function clearUp(): Promise<void> {
      await ports.builder.remove(plan).catch((error: unknown) => {
        log.warn({ err: error }, "build not removed from the cluster");
      });
    }

    /** The registry's word is taken before the cluster's; should the two differ, the cluster's stands. */
    async function settleAndClearUp({ settled }: Attempt): Promise<void> {
      const outcome = await settled.catch(() => undefined); // Let go of by now: there is an image, so clear up.
      await clearUp();
      const overturned = outcome && "evidence" in outcome && outcome.evidence.exitCode !== undefined;
      if (overturned) await keepAndPublish(failure(diagnose(outcome.evidence)));
    }

    function success({ image }: Attempt): BuildResult {
      stopwatch.mark("finished");
      return toPlainText({ outcome: "success", image, timings: stopwatch.timings, logTail: tail.lines() });
    }

    function failure(diagnosis: Diagnosis): BuildResult {
      stopwatch.mark("finished");
      return toPlainText({
        outcome: "failure",
        diagnosis,
        timings: stopwatch.timings,
        logTail: tail.lines(),
      });
    }

    /** The words for an error after which there is no further try. */
    function finalDiagnosis(error: unknown): Diagnosis {
      if (isPermanent(error)) return error.diagnosis;
      const remedy = `The build was tried ${tryNumber} times and is given up. Push a new commit once the cause is gone; whoever runs Pushwright finds more in its log.`;
      if (error instanceof BuildFault) return { ...error.diagnosis, remedy };
      const title = "Pushwright could not run the build";
      return { class: "transient", code: "internal-error", title, cause: describe(error), remedy };
    }
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
