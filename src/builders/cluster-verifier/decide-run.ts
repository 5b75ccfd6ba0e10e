import type { VerifyWish } from "../../core/verification/verify-wish.ts";
import { type BuildState, containerState, exitOf, isGoing, killedBy } from "../kaniko/outcome.ts";
import { VERIFY_CONTAINER } from "./names.ts";

/** What is seen of a run. */
export type RunSight = {
  state: BuildState;
  /** Patterns that its log has not shown. */
  missing: readonly string[];
  /** Nothing more will come of its log. */
  isLogComplete: boolean;
};

export type RunEnd = { passed: true } | { failure: { exitCode?: number; reason?: string; message?: string } };

/** `shown`: it has all that it was to show, as long as it does not fall over. Undefined: it goes on. */
export function decideRun(wish: VerifyWish, sight: RunSight): RunEnd | "shown" | undefined {
  const { state, missing, isLogComplete } = sight;
  const { running, terminated } = containerState(state.pod, VERIFY_CONTAINER) ?? {};
  const isAllSaid = missing.length === 0;
  const killed = killedBy(state);
  if (killed)
    return {
      failure: {
        ...exitOf(terminated),
        ...(terminated?.message ? { message: terminated.message } : {}),
        ...killed,
      },
    };
  // Whoever is told to end may well do so with exit code 0: that is no end of its own.
  if (terminated && isLogComplete && terminated.exitCode === 0) {
    const isEnough = isAllSaid && (wish.exits || wish.port === undefined);
    if (isEnough) return { passed: true };
  }
  if (terminated) {
    if (!isLogComplete || isGoing(state)) return undefined;
    const { message } = terminated;
    return { failure: { ...exitOf(terminated), ...(message ? { message } : {}) } };
  }
  const isReady = wish.port === undefined || isProbed(state);
  return running && !wish.exits && isAllSaid && isReady ? "shown" : undefined;
}

/**
 * Whether the node's probe of the port or path succeeded. Without a probe, whether it runs. A pod that is being ended may be
 * called ready when its probes are taken away: that says nothing.
 */
export function isProbed(state: BuildState): boolean {
  if (killedBy(state) || isGoing(state)) return false;
  return state.pod?.status?.containerStatuses?.find(({ name }) => name === VERIFY_CONTAINER)?.ready === true;
}

/** Whether no node is of the kind that the pod needs, as the scheduler words it. */
export function hasNoSuchNode({ pod }: BuildState): boolean {
  const scheduled = pod?.status?.conditions?.find(({ type }) => type === "PodScheduled");
  const words = /^0\/(\d+) nodes are available: \1 node\(s\) didn't match Pod's node affinity\/selector/;
  return scheduled?.status === "False" && words.test(scheduled.message ?? "");
}
