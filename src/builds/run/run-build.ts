import type { BuildResult } from "../../core/build.ts";
import { createCacheCount } from "../../core/cache-use.ts";
import { createPeakCount } from "../../core/peak-use.ts";
import { formatRepository } from "../../core/repository.ts";
import type { BuildHandler } from "../../queue/build-queue.ts";
import type { BuildPorts } from "../build-ports.ts";
import { createAnnouncer } from "./announcer.ts";
import { type Attempt, attemptBuild, type Undertaking } from "./attempt-build.ts";
import { BUILD_PAUSES, type BuildPauses } from "./build-pauses.ts";
import { Cancelled, type CancelWatch } from "./cancel-watch.ts";
import { confirmImage } from "./confirm-image.ts";
import { decideFailure } from "./decide-failure.ts";
import { keepAgain } from "./keep-again.ts";
import { createKeeper } from "./keeper.ts";
import { createLogTail } from "./log-tail.ts";
import { planBuild } from "./plan-build.ts";
import { createReporter } from "./reporter.ts";
import { retryTransient } from "./retry-transient.ts";
import { sendArchive } from "./send-archive.ts";
import { settleAttempt } from "./settle-attempt.ts";
import { createStopwatch } from "./stopwatch.ts";
import { takePlace } from "./take-place.ts";
import { verifyImage } from "./verify-image.ts";

/** Brings a queued build to a result that is kept, then to a report that the forge shows, then clears up after it. */
export function createRunBuild(
  ports: BuildPorts,
  cancelWatch: CancelWatch,
  pauses: BuildPauses = BUILD_PAUSES,
): BuildHandler {
  return async (queued) => {
    const { request } = queued.progress;
    const { id, repository, commit } = request;
    const tryNumber = queued.failedTries + 1;
    const log = ports.log.child({ build: id, repository: formatRepository(repository), commit, tryNumber });
    const reporter = createReporter(ports.forgeOf(repository), queued, log);
    const stopwatch = createStopwatch(request.acceptedAt, log);
    const tail = createLogTail();
    const cache = createCacheCount();
    const peak = createPeakCount();
    const keeper = createKeeper(ports, queued, reporter, { stopwatch, tail, cache, peak }, log);

    if (queued.progress.result) {
      await keepAgain(ports, request, queued.progress.result, keeper);
      await clearUp();
      return;
    }

    const announcer = createAnnouncer(reporter, pauses, queued.signal, log);
    const cancel = cancelWatch.signalOf(id);
    const interrupts = { letGo: queued.signal, cancelled: cancel.signal };
    let place: { free(): void } | undefined;
    try {
      const success = await succeedOrEnd();
      if (success) {
        const kept = keeper.keep(success.result);
        await Promise.all([kept, settleAttempt(success.attempt, clearUp, keeper, kept)]);
      }
    } finally {
      cancel.forget();
      announcer.stop();
      place?.free();
    }

    /** Undefined when the build came to another end, and that is all published. */
    async function succeedOrEnd(): Promise<{ attempt: Attempt; result: BuildResult } | undefined> {
      try {
        place = await takePlace(ports, request, announcer, interrupts);
        stopwatch.mark("started");
        announcer.announce(await keeper.begin(ports.builder.description, tryNumber));
        const attempt = await attemptBuild(
          ports.builder,
          pauses,
          undertaking(),
          stopwatch,
          hear,
          interrupts,
          peak.hear,
        );
        if (await verifyImage(ports, request, attempt.image, tryNumber, tail.add, interrupts))
          stopwatch.mark("verified");
        const tag = () => keeper.success(attempt);
        return { attempt, result: await retryTransient(tag, pauses.confirmDelays, queued.signal) };
      } catch (error) {
        queued.signal.throwIfAborted();
        await endOrTryAgain(cancel.signal.aborted ? cancel.signal.reason : error);
        return undefined;
      } finally {
        announcer.stop();
      }
    }

    function undertaking(): Undertaking {
      const plan = planBuild(request, tryNumber, ports.push, ports.policy);
      return {
        plan,
        sendContext: (signal) => sendArchive(ports, request, plan, stopwatch, signal),
        confirmImage: (digest, options) =>
          confirmImage(
            ports.registry,
            ports.pull,
            { path: request.image.path, imageTag: commit },
            digest,
            options,
          ),
      };
    }

    function hear(line: string): void {
      tail.add(line);
      cache.hear(line);
    }

    async function endOrTryAgain(error: unknown): Promise<void> {
      if (error instanceof Cancelled) {
        log.info({ ...error.cancellation }, "build cancelled");
        await Promise.all([keeper.cancel(error.cancellation), clearUp()]);
        return;
      }
      log.info({ err: error }, "try at the build failed");
      const failure = decideFailure(error, tryNumber, Date.now() - request.acceptedAt);
      if ("setback" in failure) {
        // Asked for since the last look: nobody would look again before the next try.
        const cancellation = (await ports.history.get(id))?.cancellation;
        if (cancellation) return endOrTryAgain(new Cancelled(cancellation));
        await Promise.all([keeper.noteSetback(failure.setback), clearUp()]);
        throw error;
      }
      await Promise.all([keeper.end(failure.outcome, failure.diagnosis), clearUp()]);
    }

    /** What cannot be removed now is removed by the cluster, after the time that each kanikoJob is given. */
    async function clearUp(): Promise<void> {
      const build = { buildId: id, tryNumber };
      const isRun = request.image.verify !== undefined && request.isTrusted;
      const removals = [ports.builder.remove(build), ...(isRun ? [ports.verifier.remove(build)] : [])];
      for (const removal of await Promise.allSettled(removals))
        if (removal.status === "rejected")
          log.warn({ err: removal.reason }, "build not removed from the cluster");
    }
  };
}
