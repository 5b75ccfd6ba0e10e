import type { BuildEvidence } from "../../core/build-evidence.ts";
import type { BuildObserver, BuildOutcome } from "../builder.ts";
import { awaitEnd, type BuildCluster } from "./await-end.ts";
import { findWarnings } from "./find-warnings.ts";
import { hearBuild } from "./hear-build.ts";
import { hearUse } from "./hear-use.ts";
import type { LiveBuild } from "./live-build.ts";
import { CONTAINER } from "./names.ts";
import { type BuildEnd, type BuildState, containerState } from "./outcome.ts";
import { rightsOf } from "./rights-of.ts";
import { runningFirst } from "./running-first.ts";

/** How long the end of the log may come after the end of the build. */
const LOG_DRAIN_MS = 3_000;

/** Resolves with the build's end; until then the observer hears how the build gets on. */
export async function watchBuild(
  build: BuildCluster,
  name: string,
  live: LiveBuild,
  observer: BuildObserver,
  signal: AbortSignal,
): Promise<BuildOutcome> {
  const done = new AbortController();
  const either = AbortSignal.any([signal, done.signal]);
  const told = runningFirst(observer);
  const unobserve = live.output.observe(told);
  const unsubscribe = build.cluster.subscribe(name, live.changes.tell);
  const heard = hearBuild(build, name, live, told, either).catch(() => {});
  hearUse(build, name, live, (use) => told.used?.(use), either).catch(() => {});
  try {
    const { end, state } = await awaitEnd(build, name, live, signal);
    const { running, terminated } = containerState(state.pod) ?? {};
    const hasSpoken = running || terminated || live.hearing === "attached";
    if (hasSpoken) await Promise.race([heard, after(LOG_DRAIN_MS, either)]);
    if ("digest" in end) return { digest: end.digest };
    return { evidence: await gatherEvidence(build, name, end.failure, state, live, signal) };
  } finally {
    done.abort();
    unsubscribe();
    unobserve();
  }
}

async function gatherEvidence(
  { api, settings }: BuildCluster,
  name: string,
  failure: Extract<BuildEnd, { failure: unknown }>["failure"],
  { kanikoJob, pod }: BuildState,
  { output, clean }: LiveBuild,
  signal: AbortSignal,
): Promise<BuildEvidence> {
  const { namespace } = settings;
  const podName = pod?.metadata?.name;
  const warnings = await Promise.all([
    findWarnings(api, { kind: "Job", namespace, name }, signal),
    podName ? findWarnings(api, { kind: "Pod", namespace, name: podName }, signal) : [],
  ]).catch((error: Error) => {
    signal.throwIfAborted();
    return [[{ reason: "Unknown", message: error.message }]];
  });
  const container = kanikoJob?.spec?.template.spec?.containers.find(
    (candidate) => candidate.name === CONTAINER,
  );
  const { step, run } = output.steps;
  const commandEnd = output.commandEnd(failure.exitCode);
  return {
    ...failure,
    // A build may write what it likes into its termination message.
    ...(failure.message === undefined ? {} : { message: clean(failure.message) }),
    warnings: warnings.flat().map(({ reason, message }) => `${reason}: ${message}`),
    log: output.tail,
    ...(commandEnd === undefined ? {} : { commandEnd }),
    ...(step === undefined ? {} : { step }),
    ...(run === undefined ? {} : { run }),
    ...(output.image === undefined ? {} : { image: output.image }),
    ...rightsOf(kanikoJob),
    limits: {
      memory: container?.resources?.limits?.memory ?? settings.resources.limits.memory,
      deadlineSeconds: kanikoJob?.spec?.activeDeadlineSeconds ?? settings.deadlineSeconds,
    },
  };
}

function after(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}
