import type { V1ContainerStateTerminated, V1Job, V1Pod } from "@kubernetes/client-node";
import type { BuildEvidence } from "../../core/build-evidence.ts";
import { Digest } from "../../core/image-reference.ts";
import { CONTAINER, PROXY_CONTAINER } from "./names.ts";

/** A build's objects as they were last seen. */
export type BuildState = {
  kanikoJob: V1Job | undefined;
  /** Kept as it was last seen when it is removed. */
  pod: V1Pod | undefined;
  podRemoved: boolean;
};

/** How a build ended. */
export type BuildEnd =
  | { digest: Digest }
  | { failure: Pick<BuildEvidence, "exitCode" | "reason" | "message" | "part"> };

/** This project's own word for a container of the build's pod that is neither the build nor its proxy. */
export const FOREIGN_TROUBLE = "InitContainerFailed";
const NEVER_RAN = ["StartError", "ContainerCannotRun"];

/** How the cluster says that the build ended, or undefined while it goes on. */
export function decideEnd(state: BuildState): BuildEnd | undefined {
  const terminated = containerState(state.pod)?.terminated;
  const digest = Digest.safeParse(terminated?.message?.trim());
  // Kaniko writes the digest before it pushes: without exit code 0 it means nothing.
  if (terminated?.exitCode === 0 && digest.success) return { digest: digest.data };
  const killed = killedBy(state);
  const failure = { ...exitOf(terminated), ...killed };
  if (killed) return { failure };
  if (terminated?.exitCode === 0)
    return { failure: { ...failure, reason: "NoDigest", message: noDigest(terminated) } };
  // A pod on its way out gets a word from whoever ends it: the Job's controller, or whoever removed it.
  return terminated && !isGoing(state) ? { failure } : undefined;
}

/** The word of the cluster, or of whoever took the build away, for its end. */
export function killedBy(state: BuildState) {
  return wordOfPod(state.pod) ?? wordOfInit(state.pod) ?? wordOfJob(state);
}

/** The end of a build that goes on after its deadline because nothing in the cluster ends it. */
export function overdueEnd({ pod }: BuildState): BuildEnd {
  const failure = deadlineWord(pod, "the cluster did not end the build at its deadline");
  return { failure };
}

export function containerState(pod: V1Pod | undefined, container = CONTAINER) {
  return pod?.status?.containerStatuses?.find(({ name }) => name === container)?.state;
}

export function proxyStatus(pod: V1Pod | undefined) {
  return pod?.status?.initContainerStatuses?.find(({ name }) => name === PROXY_CONTAINER);
}

export function isGoing({ kanikoJob, pod, podRemoved }: BuildState): boolean {
  return kanikoJob !== undefined && (podRemoved || pod?.metadata?.deletionTimestamp !== undefined);
}

export function exitOf(terminated: V1ContainerStateTerminated | undefined) {
  if (!terminated) return {};
  const { exitCode, reason, message } = terminated;
  // `Error` and `Completed` say no more than the exit code.
  if (!reason || ["Error", "Completed"].includes(reason)) return { exitCode };
  // Of a container that never ran, the message is the runtime's.
  return NEVER_RAN.includes(reason) && message ? { exitCode, reason, message } : { exitCode, reason };
}

function noDigest({ message }: V1ContainerStateTerminated): string {
  return message
    ? `the termination message is no digest: ${message.slice(0, 200)}`
    : "the termination message is empty";
}

function wordOfPod(pod: V1Pod | undefined) {
  const { reason, message, phase } = pod?.status ?? {};
  if (phase === "Failed" && reason) return { reason, message: message ?? "" };
  // https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions
  const disruption = pod?.status?.conditions?.find(
    ({ type, status }) => type === "DisruptionTarget" && status === "True",
  );
  return disruption
    ? { reason: disruption.reason ?? "Evicted", message: disruption.message ?? "" }
    : undefined;
}

/** What runs before the build in its pod, if the cluster adds something: its failure ends the pod. */
function wordOfInit(pod: V1Pod | undefined) {
  if (pod?.status?.phase !== "Failed" || containerState(pod)?.terminated?.startedAt) return undefined;
  for (const { name, state } of pod.status.initContainerStatuses ?? []) {
    const { exitCode, reason = "Error", message = "" } = state?.terminated ?? {};
    if (!exitCode || name === PROXY_CONTAINER) continue;
    const words = `init container ${name} ended with exit code ${exitCode} (${reason})`;
    return { reason: FOREIGN_TROUBLE, message: message ? `${words}: ${message}` : words };
  }
  return undefined;
}

function wordOfJob({ kanikoJob, pod, podRemoved }: BuildState) {
  if (!kanikoJob || kanikoJob.metadata?.deletionTimestamp) {
    return { reason: "Vanished", message: "the build's Job was removed from the cluster" };
  }
  const isTrue = (type: string) =>
    kanikoJob.status?.conditions?.find((condition) => condition.type === type && condition.status === "True");
  const failed = isTrue("Failed") ?? isTrue("FailureTarget");
  if (failed?.reason === "DeadlineExceeded") return deadlineWord(pod, failed.message);
  const isGone = podRemoved || pod === undefined || pod.metadata?.deletionTimestamp !== undefined;
  if (failed && isGone)
    return { reason: "Vanished", message: "the build's pod was removed from the cluster" };
  if (isTrue("Complete") && isGone) {
    return { reason: "Vanished", message: "the build's pod was removed before its result could be read" };
  }
  return undefined;
}

/** A build that waited for a node, or for its image, until its deadline did not fail for being slow. */
function deadlineWord(pod: V1Pod | undefined, message = "") {
  const { waiting } = containerState(pod) ?? {};
  if (waiting?.reason && /Image/.test(waiting.reason))
    return { reason: waiting.reason, message: waiting.message ?? "" };
  const unscheduled = pod?.status?.conditions?.find(
    ({ type, status }) => type === "PodScheduled" && status === "False",
  );
  if (!unscheduled) return { reason: "DeadlineExceeded", message };
  return { reason: unscheduled.reason ?? "Unschedulable", message: unscheduled.message ?? "" };
}
