import { createLogWatch } from "../../core/verification/log-pattern.ts";
import { type BuildCluster, findKanikoJob } from "../kaniko/await-end.ts";
import { Changes } from "../kaniko/changes.ts";
import { ClusterError } from "../kaniko/cluster-error.ts";
import { followPodLog } from "../kaniko/follow-pod-log.ts";
import { type BuildState, containerState, overdueEnd } from "../kaniko/outcome.ts";
import { StartTrouble } from "../kaniko/start-trouble.ts";
import type { VerifyPlan } from "../verifier.ts";
import { decideRun, hasNoSuchNode, isProbed, type RunEnd } from "./decide-run.ts";
import { NODE_WAIT_SECONDS } from "./job.ts";
import { VERIFY_CONTAINER, verifyJobName } from "./names.ts";

/** What nobody tells is asked for so often. */
const LOOK_MS = 1_000;
const READ_MS = 15_000;
/** What a program that falls over just after its last word is given to do so: the kubelet tells of an end within a second. */
const HOLD_MS = 1_500;
/** How long an image may fail to be pulled, or its container to be made. */
const START_GRACE_SECONDS = 20;
const OVERDUE_MS = 30_000;
const LOG_DRAIN_MS = 3_000;

export type AwaitedRun = {
  end: RunEnd;
  state: BuildState;
  missing: string[];
  /** Once ready is ready: a program that ends is not any more. */
  isReady: boolean;
};

/** Resolves with the end of the run, having told its log. */
export async function awaitRun(
  { api, cluster, settings }: BuildCluster,
  plan: VerifyPlan,
  onLog: (line: string) => void,
  signal: AbortSignal,
): Promise<AwaitedRun> {
  const { namespace } = settings;
  const name = verifyJobName(plan);
  const changes = new Changes();
  const unsubscribe = cluster.subscribe(name, changes.tell);
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const trouble = new StartTrouble(api, START_GRACE_SECONDS, VERIFY_CONTAINER);
  const watch = createLogWatch(plan.wish.log);
  const begun = Date.now();
  let lastRead = begun;
  let log: "none" | "followed" | "complete" = "none";
  let takenAt: number | undefined;
  let shownAt: number | undefined;
  let endedAt: number | undefined;
  let isReady = false;
  try {
    for (;;) {
      const { version } = changes;
      const found = await look().catch(ignorePassing);
      if (found) return found;
      cluster.throwIfRefused();
      await changes.after(version, signal, shownAt === undefined ? LOOK_MS : HOLD_MS / 5);
    }
  } finally {
    over.abort();
    unsubscribe();
  }

  async function look(): Promise<AwaitedRun | undefined> {
    const state = await confirm(cluster.state(name));
    hear(state);
    isReady ||= plan.wish.port !== undefined && isProbed(state);
    const isLogComplete = log === "complete" || isDrained(state);
    const sight = { state, missing: watch.missing(), isLogComplete };
    const decided = cluster.isSynced ? decideRun(plan.wish, sight) : undefined;
    if (decided !== "shown") shownAt = undefined;
    else shownAt ??= Date.now();
    const isHeld = shownAt !== undefined && Date.now() - shownAt >= HOLD_MS;
    const end = isHeld ? ({ passed: true } as const) : decided === "shown" ? undefined : decided;
    if (state.pod?.spec?.nodeName) takenAt ??= Date.now();
    const given =
      end ?? timeOut() ?? (cluster.isSynced ? await troubleOf(state) : undefined) ?? overdue(state);
    return given && { end: given, state, missing: watch.missing(), isReady };
  }

  function hear({ pod, podRemoved }: BuildState): void {
    const { running, terminated } = containerState(pod, VERIFY_CONTAINER) ?? {};
    const podName = pod?.metadata?.name;
    if (log !== "none" || podName === undefined || !(running || terminated)) {
      if (podRemoved && log === "none") log = "complete";
      return;
    }
    log = "followed";
    const listener = {
      line(line: string) {
        watch.hear(line);
        onLog(line);
        if (watch.missing().length === 0) changes.tell();
      },
      streamEnded: () => {},
      hasEnded: () => {
        const now = cluster.state(name);
        return now.podRemoved || containerState(now.pod, VERIFY_CONTAINER)?.terminated !== undefined;
      },
    };
    const place = { namespace, name: podName, container: VERIFY_CONTAINER };
    const heard = { count: 0, first: undefined };
    followPodLog(api, place, heard, listener, either)
      .catch(() => {})
      .finally(() => {
        log = "complete";
        changes.tell();
      });
  }

  /** A log that cannot be read to its end holds nothing up for long. */
  function isDrained({ pod, podRemoved }: BuildState): boolean {
    const isEnded = podRemoved || containerState(pod, VERIFY_CONTAINER)?.terminated !== undefined;
    if (isEnded) endedAt ??= Date.now();
    return endedAt !== undefined && Date.now() - endedAt >= LOG_DRAIN_MS;
  }

  async function troubleOf(state: BuildState): Promise<RunEnd | undefined> {
    const found = await trouble.decide(state, signal);
    return found && "failure" in found ? found : undefined;
  }

  /** Counted from when a node takes it: a full cluster is not its fault. */
  function timeOut(): RunEnd | undefined {
    const isOver = takenAt !== undefined && Date.now() - takenAt >= plan.wish.timeoutSeconds * 1000;
    return isOver && shownAt === undefined ? { failure: { reason: "DeadlineExceeded" } } : undefined;
  }

  /** The wait's own clock: the cluster's may be another. */
  function overdue(state: BuildState): RunEnd | undefined {
    const waited = Date.now() - begun - plan.wish.timeoutSeconds * 1000;
    // A cluster that grows may get such a node: within the image's own time.
    const isHopeless = waited >= 0 && hasNoSuchNode(state);
    if (!isHopeless && waited < NODE_WAIT_SECONDS * 1000 + OVERDUE_MS) return undefined;
    const end = overdueEnd(state);
    return "failure" in end ? end : undefined;
  }

  function ignorePassing(error: unknown): undefined {
    signal.throwIfAborted();
    if (!(error instanceof ClusterError && error.isPassing)) throw error;
  }

  /** Only the API itself may say that there is no Job. */
  async function confirm(state: BuildState): Promise<BuildState> {
    if (state.kanikoJob && Date.now() - lastRead < READ_MS) return state;
    lastRead = Date.now();
    return { ...state, kanikoJob: await findKanikoJob(api, namespace, name, signal) };
  }
}
