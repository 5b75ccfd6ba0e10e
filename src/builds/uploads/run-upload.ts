import type { BuildResult } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { createCacheCount } from "../../core/cache-use.ts";
import { diagnose } from "../../core/diagnose.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import { toPlainText } from "../../core/plain-text.ts";
import type { QueuedUpload, UploadHandler } from "../../queue/upload-queue.ts";
import { attemptBuild, type Undertaking } from "../run/attempt-build.ts";
import { awaitOverturn } from "../run/await-overturn.ts";
import { BUILD_PAUSES, type BuildPauses } from "../run/build-pauses.ts";
import { Cancelled, type CancelWatch } from "../run/cancel-watch.ts";
import { confirmImage } from "../run/confirm-image.ts";
import { decideFailure } from "../run/decide-failure.ts";
import { createLogTail } from "../run/log-tail.ts";
import { createStopwatch } from "../run/stopwatch.ts";
import { tagImage } from "../run/tag-image.ts";
import type { LiveLogs } from "./live-logs.ts";
import { planUpload } from "./plan-upload.ts";
import type { UploadPorts } from "./upload-ports.ts";

/** Brings the build of an upload to a result that is kept, then clears up after it. */
export function createRunUpload(
  ports: UploadPorts,
  cancelWatch: CancelWatch,
  logs: LiveLogs,
  pauses: BuildPauses = BUILD_PAUSES,
): UploadHandler {
  return async (queued) => {
    const { id, by } = queued.request;
    if ((await ports.history.get(id))?.state === "completed") return ports.store.remove(id);
    const cancel = cancelWatch.signalOf(id);
    const signal = AbortSignal.any([queued.signal, cancel.signal]);
    let place: { free(): void } | undefined;
    try {
      place = await ports.places.take(`upload of ${by}`, signal).place.catch(() => undefined);
      await runTry(ports, queued, { letGo: queued.signal, cancelled: cancel.signal }, logs, pauses);
    } finally {
      cancel.forget();
      place?.free();
    }
  };
}

async function runTry(
  ports: UploadPorts,
  { request, failedTries, signal: letGo }: QueuedUpload,
  interrupts: { letGo: AbortSignal; cancelled: AbortSignal },
  logs: LiveLogs,
  pauses: BuildPauses,
): Promise<void> {
  const { builder, history, store, registry, pull } = ports;
  const { id, image, acceptedAt } = request;
  const tryNumber = failedTries + 1;
  const log = ports.log.child({ build: id, image: image.path, tryNumber });
  const stopwatch = createStopwatch(acceptedAt, log);
  const tail = createLogTail();
  const cache = createCacheCount();
  const [firstTag = "latest", ...otherTags] = image.tags.map(({ name }) => name);
  const forget = logs.follow(id, tail);
  try {
    await end(await succeed());
  } catch (error) {
    letGo.throwIfAborted();
    await endOrTryAgain(interrupts.cancelled.aborted ? interrupts.cancelled.reason : error);
  } finally {
    forget();
  }

  async function succeed(): Promise<BuildResult> {
    letGo.throwIfAborted();
    interrupts.cancelled.throwIfAborted();
    stopwatch.mark("started");
    const begun = await history.change(id, {
      state: "running",
      builder: builder.description,
      tries: tryNumber,
    });
    if (begun?.cancellation) throw new Cancelled(begun.cancellation);
    const undertaking = undertake();
    const attempt = await attemptBuild(builder, pauses, undertaking, stopwatch, hear, interrupts);
    const evidence = await awaitOverturn(attempt);
    if (evidence) throw new BuildFault(diagnose(evidence));
    const { image: pushed, digest } = attempt;
    const names = { path: image.path, tags: otherTags };
    const tagged = pushed && (await tagImage(ports, names, pushed, pauses.confirmDelays, letGo));
    stopwatch.mark("finished");
    const base = resultBase();
    return tagged ? { ...base, outcome: "success", image: tagged } : { ...base, outcome: "built", digest };
  }

  function undertake(): Undertaking {
    const plan = planUpload(ports, request, tryNumber);
    return {
      plan,
      async sendContext(stop) {
        const upload = await store.find(id);
        if (!upload) throw uploadElsewhere();
        stopwatch.mark("archiveFetched");
        const { dockerfile } = image;
        const text = "text" in dockerfile ? dockerfile.text : await upload.text(dockerfile.path);
        await builder.sendContext(plan, upload.open(image), stop);
        stopwatch.mark("contextSent");
        return { dockerfile: text };
      },
      confirmImage: (digest, options) =>
        confirmImage(registry, pull, { path: image.path, imageTag: firstTag }, digest, options),
    };
  }

  function hear(line: string): void {
    tail.add(line);
    cache.hear(line);
  }

  function resultBase() {
    const use = cache.use();
    return { timings: stopwatch.timings, logTail: tail.lines(), ...(use ? { cache: use } : {}) };
  }

  /** The record first: with it the upload has served its purpose. */
  async function end(result: BuildResult): Promise<void> {
    await history.change(id, { state: "completed", result: toPlainText(result) });
    log.info({ outcome: result.outcome }, "build of an upload ended");
    await Promise.all([clearUp(), store.remove(id)]);
  }

  async function endOrTryAgain(error: unknown): Promise<void> {
    if (error instanceof Cancelled) return fail("cancelled", CANCELLED);
    log.info({ err: error }, "try at the build failed");
    const failure = decideFailure(error, tryNumber, Date.now() - acceptedAt);
    if (!("setback" in failure)) return fail("failure", ownRemedy(failure.diagnosis, tryNumber));
    const known = await history.change(id, { setback: toPlainText(failure.setback) });
    if (known?.cancellation) return fail("cancelled", CANCELLED);
    await clearUp();
    throw error;
  }

  function fail(outcome: "failure" | "cancelled", diagnosis: Diagnosis): Promise<void> {
    stopwatch.mark("finished");
    return end({ ...resultBase(), outcome, diagnosis });
  }

  /** What cannot be removed now is removed by the cluster, after the time that each kanikoJob is given. */
  async function clearUp(): Promise<void> {
    await builder.remove({ buildId: id, tryNumber }).catch((error: unknown) => {
      log.warn({ err: error }, "build not removed from the cluster");
    });
  }
}

const CANCELLED: Diagnosis = {
  class: "cancelled",
  code: "asked",
  title: "Cancelled",
  cause: "It was cancelled through the API.",
  remedy: "Send it again to build it all the same.",
};

/** Nobody comments on an upload. */
function ownRemedy(diagnosis: Diagnosis, tries: number): Diagnosis {
  if (diagnosis.class !== "transient") return diagnosis;
  const remedy = `The build was tried ${tries} times and is given up. Send it again once the cause is gone.`;
  return { ...diagnosis, remedy };
}

function uploadElsewhere(): BuildFault {
  return new BuildFault({
    class: "transient",
    code: "upload-elsewhere",
    title: "The upload is not here",
    cause:
      "What was sent lies on the disk of the process that took it, and another process works on its build.",
    remedy: "Give all replicas one folder `PUSHWRIGHT_DATA`, or run one. Then send it again.",
  });
}
