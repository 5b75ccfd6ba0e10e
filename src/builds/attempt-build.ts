import { setTimeout as sleep } from "node:timers/promises";
import type { BuildObserver, BuildOutcome, BuildPlan } from "../builders/builder.ts";
import type { BuildRequest, PushedImage } from "../core/build.ts";
import { BuildFault } from "../core/build-fault.ts";
import { diagnose } from "../core/diagnose.ts";
import type { Digest } from "../core/image-reference.ts";
import type { BuildPauses } from "./build-pauses.ts";
import type { BuildPorts } from "./build-ports.ts";
import { confirmImage } from "./confirm-image.ts";
import { delayAbort } from "./delay-abort.ts";
import { retryTransient } from "./retry-transient.ts";
import { sendArchive } from "./send-archive.ts";
import type { Stopwatch } from "./stopwatch.ts";

export type Attempt = {
  image: PushedImage;
  /** The build's end as the cluster states it, which may follow the registry's word by a second. */
  settled: Promise<BuildOutcome>;
};

/**
 * Takes one try at a build from its start, or from wherever another process left it, to an image that the registry
 * confirms. Throws a BuildFault when there is none. `letGo` ends the work here and leaves the build running.
 */
export async function attemptBuild(
  ports: BuildPorts,
  pauses: BuildPauses,
  request: BuildRequest,
  plan: BuildPlan,
  stopwatch: Stopwatch,
  onLog: (line: string) => void,
  letGo: AbortSignal,
): Promise<Attempt> {
  const start = await ports.builder.start(plan);
  if (start === "abandoned") throw abandonedContext();
  stopwatch.mark("builderStarted");

  const announced = Promise.withResolvers<Digest>();
  const observer: BuildObserver = {
    running: () => stopwatch.mark("running"),
    log: onLog,
    announced: announced.resolve,
  };
  const settled = ports.builder.watch(plan, observer, letGo);
  const ended = new AbortController();
  settled.catch(() => {}).finally(() => ended.abort(new Error("the build has ended")));

  const dockerfile = start === "created" ? await contextSentOrEnded() : undefined;
  const confirmedEarly = announced.promise.then((digest) => confirm(digest, true)).catch(() => undefined);
  const early = await Promise.race([confirmedEarly, settled.then(() => undefined)]);
  if (early) return { image: early, settled };
  return { image: await imageOf(await settled), settled };

  /** A build that ended before it took its context says better why than the broken stream does. */
  async function contextSentOrEnded(): Promise<string | undefined> {
    const signal = AbortSignal.any([delayAbort(letGo, pauses.contextGrace), ended.signal]);
    try {
      return await sendArchive(ports, request, plan, stopwatch, signal);
    } catch (error) {
      letGo.throwIfAborted();
      if (!ended.signal.aborted && !isCutShort(error)) throw error;
      const outcome = await Promise.race([settled, sleep(pauses.endAfterCut, undefined, { signal: letGo })]);
      if (!outcome) throw error;
      if ("evidence" in outcome) throw new BuildFault(diagnose(outcome.evidence));
      return undefined;
    }
  }

  async function imageOf(outcome: BuildOutcome): Promise<PushedImage> {
    if ("evidence" in outcome) throw new BuildFault(diagnose(outcome.evidence, dockerfile));
    stopwatch.mark("pushed");
    return retryTransient(() => confirmed(outcome.digest), pauses.confirmDelays, letGo);
  }

  async function confirmed(digest: Digest): Promise<PushedImage> {
    const image = await confirm(digest, false);
    if (!image) throw unconfirmedImage(digest);
    return image;
  }

  async function confirm(digest: Digest, underTag: boolean): Promise<PushedImage | undefined> {
    stopwatch.mark("pushed");
    return confirmImage(ports.registry, ports.pull, request, digest, { underTag });
  }
}

function isCutShort(error: unknown): boolean {
  return error instanceof BuildFault && error.diagnosis.code === "context-cut-short";
}

function abandonedContext(): BuildFault {
  return new BuildFault({
    class: "transient",
    code: "context-interrupted",
    title: "The build was interrupted before it had its context",
    cause: "Pushwright stopped while it was sending the repository's files to the build.",
    remedy: "Nothing needs to be done: the build is started again by itself.",
  });
}

function unconfirmedImage(digest: Digest): BuildFault {
  return new BuildFault({
    class: "transient",
    code: "image-unconfirmed",
    title: "The registry does not have the image that was pushed",
    cause: `The build says that it pushed \`${digest}\`, but the registry that Pushwright asks has no such image.`,
    remedy:
      "Whoever runs Pushwright should check that `PUSHWRIGHT_REGISTRY_API` names the same registry as `PUSHWRIGHT_REGISTRY_PUSH`.",
  });
}
