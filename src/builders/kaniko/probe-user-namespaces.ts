import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { KubernetesListObject, V1Job, V1Pod } from "@kubernetes/client-node";
import { EVICTIONS } from "../../core/diagnosis-rules/eviction.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { findWarnings } from "./find-warnings.ts";
import { containerState } from "./outcome.ts";
import { PROBE_LABEL, probeJob } from "./probe-job.ts";
import { isIsolated } from "./security.ts";
import type { KanikoSettings } from "./settings.ts";

export type ProbeAnswer = { works: boolean; why: string };

const LOOK_MS = 250;
const LOOKS_PER_WARNINGS = 8;
/** A first pull of the Kaniko image takes its time. */
const MAX_WAIT_MS = 120_000;

/** These keep the pod from running in any profile. */
const PULL_REASONS = [
  "ErrImagePull",
  "ImagePullBackOff",
  "InvalidImageName",
  "ErrImageNeverPull",
  "RegistryUnavailable",
];

/** A node whose network is not there yet makes no pod of any kind. */
const NO_NETWORK = /failed to set ?up network for sandbox|cni plugin not initialized|network is not ready/i;

/**
 * Runs the Kaniko image once in a user namespace, to print its version. What nodes say of themselves would need rights
 * on nodes, and says nothing of the file systems below, which also have to support it. Throws when there is no answer:
 * that says nothing of user namespaces.
 */
export async function probeUserNamespaces(
  api: ClusterApi,
  settings: KanikoSettings,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const { namespace } = settings;
  const name = `pushwright-probe-${randomUUID().slice(0, 8)}`;
  const path = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  const body = probeJob(name, settings);
  try {
    const doing = `creating Job ${name} in namespace ${namespace}`;
    const created = await api.call<V1Job>(doing, { method: "POST", path, body }, signal);
    return isIsolated(created)
      ? await awaitAnswer()
      : { works: false, why: "the API server does not know user namespaces" };
  } catch (error) {
    const isRefused = error instanceof ClusterError && (error.status === 400 || error.status === 422);
    if (isRefused) return { works: false, why: error.message };
    throw error;
  } finally {
    const removal = {
      method: "DELETE",
      path: `${path}/${name}`,
      body: { propagationPolicy: "Background" },
    } as const;
    // What cannot be removed now removes itself in time.
    await api.call(`removing Job ${name}`, removal).catch(() => {});
  }

  async function awaitAnswer(): Promise<ProbeAnswer> {
    for (let look = 1; look * LOOK_MS < MAX_WAIT_MS; look++) {
      await sleep(LOOK_MS, undefined, { signal });
      const pods = await api.call<KubernetesListObject<V1Pod>>(
        `listing the pods of Job ${name}`,
        { path: `/api/v1/namespaces/${namespace}/pods`, query: { labelSelector: `${PROBE_LABEL}=${name}` } },
        signal,
      );
      const [pod] = pods.items;
      if (pod) throwIfStuck(pod, name);
      const answer =
        pod && (answerOf(pod) ?? (look % LOOKS_PER_WARNINGS === 0 ? await sandboxAnswer(pod) : undefined));
      if (answer) return answer;
    }
    throw new ClusterError(doingOf(name), `no answer after ${MAX_WAIT_MS / 1000} s`);
  }

  /** The node tries again and again to make such a pod: only its events tell. */
  async function sandboxAnswer({ metadata }: V1Pod): Promise<ProbeAnswer | undefined> {
    const warnings = await findWarnings(api, { kind: "Pod", namespace, name: metadata?.name ?? "" }, signal);
    const sandbox = warnings.find(({ reason }) => reason === "FailedCreatePodSandBox");
    if (sandbox && NO_NETWORK.test(sandbox.message)) throw new ClusterError(doingOf(name), sandbox.message);
    return sandbox && { works: false, why: sandbox.message };
  }
}

function doingOf(name: string): string {
  return `probing user namespaces with Job ${name}`;
}

function throwIfStuck(pod: V1Pod, name: string): void {
  const waiting = containerState(pod)?.waiting;
  const isUnpulled = PULL_REASONS.includes(waiting?.reason ?? "");
  const stuck = isUnpulled
    ? waiting
    : pod.status?.conditions?.find(
        ({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable",
      );
  const { reason = "", message } = pod.status ?? {};
  const over = stuck ?? (EVICTIONS.includes(reason) ? { reason, message } : undefined);
  if (over) throw new ClusterError(doingOf(name), `${over.reason}: ${over.message ?? ""}`);
}

function answerOf(pod: V1Pod): ProbeAnswer | undefined {
  const { terminated, waiting } = containerState(pod) ?? {};
  if (terminated?.exitCode === 0) return { works: true, why: "a pod with a user namespace ran" };
  if (terminated)
    return { works: false, why: `a pod with a user namespace ended with exit code ${terminated.exitCode}` };
  if (pod.status?.phase === "Failed") return { works: false, why: pod.status.message ?? "the pod failed" };
  const isRefused = waiting?.reason === "CreateContainerError" || waiting?.reason === "RunContainerError";
  return isRefused ? { works: false, why: waiting?.message ?? "" } : undefined;
}
