import type { Logger } from "pino";
import type { Build, BuildResult, Cancellation, DecidedOutcome } from "../../core/build.ts";
import type { CacheCount } from "../../core/cache-use.ts";
import { diagnoseCancellation } from "../../core/diagnose-cancellation.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import type { PeakCount } from "../../core/peak-use.ts";
import { toPlainText } from "../../core/plain-text.ts";
import type { Report } from "../../core/report.ts";
import type { QueuedBuild } from "../../queue/build-queue.ts";
import type { BuildPorts } from "../build-ports.ts";
import { noteEnd } from "../notes/note-end.ts";
import { reportBuild } from "../report-build.ts";
import { tagInTurn } from "../tags/tag-in-turn.ts";
import type { Attempt } from "./attempt-build.ts";
import { Cancelled } from "./cancel-watch.ts";
import { isBuiltAgain } from "./is-built-again.ts";
import type { LogTail } from "./log-tail.ts";
import type { Reporter } from "./reporter.ts";
import type { Stopwatch } from "./stopwatch.ts";

export type Keeper = ReturnType<typeof createKeeper>;

/** Keeps a build's state and result, in the queue and in the history, before anyone is told of them. */
export function createKeeper(
  ports: BuildPorts,
  queued: QueuedBuild,
  reporter: Reporter,
  seen: { stopwatch: Stopwatch; tail: LogTail; cache: CacheCount; peak: PeakCount },
  log: Logger,
) {
  const { request } = queued.progress;
  const { stopwatch, tail, cache, peak } = seen;
  let build: Build = { request, state: "queued" };

  return {
    /** The report of a build that starts now. Throws {@link Cancelled} when it is not wanted any more. */
    async begin(builder: string, tries: number): Promise<Report> {
      build = (await ports.history.change(request.id, { state: "running", builder, tries })) ?? build;
      if (build.cancellation) throw new Cancelled(build.cancellation);
      return reportBuild(ports, build);
    },

    async noteSetback(note: string): Promise<void> {
      const report = await reportBuild(ports, build, { note });
      await reporter.publish(toPlainText(report)).catch((error: unknown) => {
        log.warn({ err: error }, "setback not published");
      });
    },

    /** The result of a build that brought an image, which has all its tags then. */
    async success({ digest, image }: Attempt): Promise<BuildResult> {
      stopwatch.mark("finished");
      const base = resultBase();
      if (!image) return { ...base, outcome: "built", digest };
      return tagInTurn(ports, build, { ...base, outcome: "success" }, image);
    },

    cancel(cancellation: Cancellation): Promise<void> {
      return end("cancelled", diagnoseCancellation({ ...build, cancellation }));
    },

    end,

    keep,
  };

  function end(outcome: DecidedOutcome, diagnosis: Diagnosis): Promise<void> {
    stopwatch.mark("finished");
    return keep({ ...resultBase(), outcome, diagnosis });
  }

  function resultBase() {
    const use = cache.use();
    const most = peak.use();
    return {
      timings: stopwatch.timings,
      logTail: tail.lines(),
      ...(use ? { cache: use } : {}),
      ...(most ? { peak: most } : {}),
    };
  }

  /** Resolves once the forge shows the result, and the threads that ask for it do. */
  async function keep(unsafe: BuildResult): Promise<void> {
    const own = toPlainText(unsafe);
    await queued.save({ result: own });
    const state = own.outcome === "action-required" ? "waiting-for-approval" : "completed";
    const result = withLaterTags(own, (await ports.history.get(request.id))?.result);
    build = (await ports.history.change(request.id, { state, result })) ?? { ...build, state, result };
    const isUnseen = queued.progress.reportId === undefined && !queued.takenBefore;
    const isHiding =
      result.outcome === "cancelled" && isUnseen && (await isBuiltAgain(ports.history, request));
    if (!isHiding) await reporter.publish(await reportBuild(ports, build));
    log.info({ stage: "reported", at: Date.now(), outcome: result.outcome }, "build reported");
    await noteReport();
    await noteEnd(ports, build, log);
  }

  /** From now on others may change the check. What they did before they knew of it is shown now. */
  async function noteReport(): Promise<void> {
    const { reportId } = queued.progress;
    const shown = JSON.stringify(build.result);
    const { history } = ports;
    const { id } = request;
    build = (await (reportId === undefined ? history.get(id) : history.change(id, { reportId }))) ?? build;
    if (JSON.stringify(build.result) !== shown) await reporter.publish(await reportBuild(ports, build));
  }
}

/** The result as it is kept already, if another one put further tags on the image meanwhile. */
function withLaterTags(own: BuildResult, kept: BuildResult | undefined): BuildResult {
  const isSame =
    own.outcome === "success" && kept?.outcome === "success" && own.image.digest === kept.image.digest;
  return isSame ? { ...own, image: kept.image } : own;
}
