import type { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { poll } from "../poll.ts";

export type AwaitedPod = {
  core: CoreV1Api;
  namespace: string;
  /** `app=registry`: the pod's labels. */
  labels: string;
  seconds: number;
  signal: AbortSignal;
  note: (text: string) => void;
};

/** Reasons for which a container waits that no time will mend. */
const HOPELESS =
  /^(ImagePullBackOff|InvalidImageName|CreateContainerConfigError|CreateContainerError|CrashLoopBackOff)$/;

/** Resolves to the pod once it is ready. Rejects with the cluster's own words when it will never be. */
export async function waitForPod({
  core,
  namespace,
  labels,
  seconds,
  signal,
  note,
}: AwaitedPod): Promise<V1Pod> {
  let reason = "there is no such pod yet";
  return poll(
    async () => {
      const { items } = await core.listNamespacedPod({ namespace, labelSelector: labels });
      const pod = items[0];
      if (!pod) return undefined;
      if (pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True"))
        return pod;
      const now = whyNot(pod);
      if (now !== reason) note(now);
      reason = now;
      return undefined;
    },
    { what: `the pod ${labels} to be ready`, seconds, signal, reason: () => reason },
  );
}

function whyNot({ status }: V1Pod): string {
  const container = status?.containerStatuses?.[0];
  const { waiting, terminated } = container?.state ?? {};
  if (terminated) throw new Error(`its container ended with exit code ${terminated.exitCode}`);
  if (waiting) {
    const text = [waiting.reason, waiting.message].filter(Boolean).join(": ");
    if (HOPELESS.test(waiting.reason ?? "")) throw new Error(text);
    return text;
  }
  const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled");
  return scheduled?.status === "False" ? `not scheduled: ${scheduled.message}` : (status?.phase ?? "Pending");
}
