import { setTimeout as sleep } from "node:timers/promises";
import type { Builder, BuildObserver, BuildOutcome, BuildPlan } from "../../builders/builder.ts";
import type { PeakUse, PushedImage } from "../../core/build.ts";
import { BuildFault } from "../../core/build-fault.ts";
import { diagnose } from "../../core/diagnose.ts";
import type { Digest } from "../../core/image-reference.ts";
import type { SentContext } from "../../core/sent-context.ts";
import type { BuildPauses } from "./build-pauses.ts";
import { delayAbort } from "./delay-abort.ts";
import { retryTransient } from "./retry-transient.ts";
import type { Stopwatch } from "./stopwatch.ts";

/** What is built, wherever its context comes from. */
export type Undertaking = {
  plan: BuildPlan;
  /** Sends the started build its context. Resolves with what is known of it. */
  sendContext(signal: AbortSignal): Promise<SentContext | undefined>;
  /**
   * The image as the registry has it, or undefined when it has none with that digest. `underTag` asks for more: that the
   * first tag that is pushed names the digest.
   */
  confirmImage(digest: Digest, options: { underTag: boolean }): Promise<PushedImage | undefined>;
};

export type Attempt = {
  digest: Digest;
  /** Undefined when the build was not to be pushed. */
  image: PushedImage | undefined;
  /** The build's end as the cluster states it, which may follow the registry's word by a second. */
  settled: Promise<BuildOutcome>;
};

/** Both end the work here. `letGo` lets the build run on, and what must not be cut short comes to its end before. */
export type Interrupts = { letGo: AbortSignal; cancelled: AbortSignal };

/**
 * Takes one try at a build from its start, or from wherever another process left it, to an image that the registry
 * confirms. Throws a BuildFault when there is none.
 */
export async function attemptBuild(
  builder: Builder,
  pauses: BuildPauses,
  { plan, sendContext, confirmImage }: Undertaking,
  stopwatch: Pick<Stopwatch, "mark">,
  onLog: (line: string) => void,
  { letGo, cancelled }: Interrupts,
  onUse: (use: PeakUse) => void = () => {},
): Promise<Attempt> {
  const interrupted = AbortSignal.any([letGo, cancelled]);
  const start = await builder.start(plan);
  if (start === "abandoned") throw abandonedContext();
  stopwatch.mark("builderStarted");

  const announced = Promise.withResolvers<Digest>();
  const observer: BuildObserver = {
    running: () => stopwatch.mark("running"),
    log: onLog,
    used: onUse,
    announced: announced.resolve,
  };
  const settled = builder.watch(plan, observer, interrupted);
  const ended = new AbortController();
  settled.catch(() => {}).finally(() => ended.abort(new Error("the build has ended")));

  const sent = start === "created" ? await contextSentOrEnded() : undefined;
  if (plan.destinations.length === 0) return { digest: digestOf(await settled), image: undefined, settled };
  const confirmedEarly = announced.promise.then((digest) => confirm(digest, true)).catch(() => undefined);
  const image =
    (await Promise.race([confirmedEarly, settled.then(() => undefined)])) ??
    (await confirmed(digestOf(await settled)));
  return { digest: image.digest, image, settled };

  /** A build that ended before it took its context says better why than the broken stream does. */
  async function contextSentOrEnded(): Promise<SentContext | undefined> {
    const signal = AbortSignal.any([delayAbort(letGo, pauses.contextGrace), cancelled, ended.signal]);
    try {
      return await sendContext(signal);
    } catch (error) {
      interrupted.throwIfAborted();
      if (!ended.signal.aborted && !isCutShort(error)) throw error;
      const outcome = await Promise.race([
        settled,
        sleep(pauses.endAfterCut, undefined, { signal: interrupted }),
      ]);
      if (!outcome) throw error;
      if ("evidence" in outcome) throw new BuildFault(diagnose(outcome.evidence));
      return undefined;
    }
  }

  function digestOf(outcome: BuildOutcome): Digest {
    if ("evidence" in outcome) throw new BuildFault(diagnose(outcome.evidence, sent));
    return outcome.digest;
  }

  function confirmed(digest: Digest): Promise<PushedImage> {
    const ask = async () => {
      const image = await confirm(digest, false);
      if (!image) throw unconfirmedImage(digest);
      return image;
    };
    return retryTransient(ask, pauses.confirmDelays, interrupted);
  }

  async function confirm(digest: Digest, underTag: boolean): Promise<PushedImage | undefined> {
    stopwatch.mark("pushed");
    return confirmImage(digest, { underTag });
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
