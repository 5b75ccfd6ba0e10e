import type { Build, BuildResult } from "../core/build.ts";
import { BuildFault, isPermanent } from "../core/build-fault.ts";
import { diagnose } from "../core/diagnose.ts";
import type { Diagnosis } from "../core/diagnosis.ts";
import { formatFinishedReport, formatRunningReport } from "../core/format-report.ts";
import { formatRepository } from "../core/repository.ts";
import type { BuildHandler } from "../queue/build-queue.ts";
import { type Attempt, attemptBuild } from "./attempt-build.ts";
import { BUILD_PAUSES, type BuildPauses } from "./build-pauses.ts";
import type { BuildPorts } from "./build-ports.ts";
import { createLogTail } from "./log-tail.ts";
import { planBuild } from "./plan-build.ts";
import { createReporter } from "./reporter.ts";
import { retryTransient } from "./retry-transient.ts";
import { createStopwatch } from "./stopwatch.ts";

/** A build that fails in passing ways is started so often, with the queue's growing pauses between. */
const MAX_TRIES = 4;

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
    const stopwatch = createStopwatch(request.acceptedAt, log);
    const tail = createLogTail();

    if (queued.progress.result) {
      await publishResult(queued.progress.result);
      await ports.builder.remove(plan);
      return;
    }

    stopwatch.mark("started");
    announce();
    const attempt = await attemptOrFail();
    if (!attempt) return;
    await Promise.all([keepAndPublish(success(attempt)), settleAndRemove(attempt)]);

    function announce(): void {
      const publish = () => reporter.publish(formatRunningReport(build));
      retryTransient(publish, pauses.announceDelays, queued.signal).catch((error: unknown) => {
        if (!queued.signal.aborted)
          log.warn({ err: error }, "build not announced: its check will appear with the result");
      });
    }

    async function noteSetback(note: string): Promise<void> {
      await reporter.publish(formatRunningReport(build, note)).catch((error: unknown) => {
        log.warn({ err: error }, "setback not published");
      });
    }

    /** Undefined when the build failed and that is all published. */
    async function attemptOrFail(): Promise<Attempt | undefined> {
      try {
        return await attemptBuild(ports, pauses, request, plan, stopwatch, tail.add, queued.signal);
      } catch (error) {
        queued.signal.throwIfAborted();
        log.info({ err: error }, "try at the build failed");
        await ports.builder.remove(plan);
        if (!isPermanent(error) && tryNumber < MAX_TRIES) {
          await noteSetback(
            `Try ${tryNumber} of ${MAX_TRIES} failed and will be made again. ${describe(error)}`,
          );
          throw error;
        }
        await keepAndPublish(failure(finalDiagnosis(error)));
        return undefined;
      }
    }

    async function keepAndPublish(result: BuildResult): Promise<void> {
      await queued.save({ result });
      await publishResult(result);
    }

    async function publishResult(result: BuildResult): Promise<void> {
      await reporter.publish(formatFinishedReport({ ...build, result }, result));
      log.info({ stage: "reported", at: Date.now(), outcome: result.outcome }, "build reported");
    }

    /** The registry's word is taken before the cluster's; should the two differ, the cluster's stands. */
    async function settleAndRemove({ settled }: Attempt): Promise<void> {
      const outcome = await settled.catch(() => undefined); // Let go of by now: there is an image, so clear up.
      await ports.builder.remove(plan);
      const overturned = outcome && "evidence" in outcome && outcome.evidence.exitCode !== undefined;
      if (overturned) await keepAndPublish(failure(diagnose(outcome.evidence)));
    }

    function success({ image }: Attempt): BuildResult {
      stopwatch.mark("finished");
      return { outcome: "success", image, timings: stopwatch.timings, logTail: tail.lines() };
    }

    function failure(diagnosis: Diagnosis): BuildResult {
      stopwatch.mark("finished");
      return { outcome: "failure", diagnosis, timings: stopwatch.timings, logTail: tail.lines() };
    }
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The words for an error after which there is no further try. */
function finalDiagnosis(error: unknown): Diagnosis {
  if (isPermanent(error)) return error.diagnosis;
  const known =
    error instanceof BuildFault
      ? error.diagnosis
      : ({
          class: "transient",
          code: "internal-error",
          title: "Pushwright could not run the build",
          cause: describe(error),
        } as const);
  return {
    ...known,
    remedy: `The build was tried ${MAX_TRIES} times. Push again once the cause is gone; whoever runs Pushwright finds more in its log.`,
  };
}
