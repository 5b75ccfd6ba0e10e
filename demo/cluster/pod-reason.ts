import type { V1Pod } from "@kubernetes/client-node";

/** Why a pod does not run yet, in the cluster's words. */
export type PodReason = {
  text: string;
  /** No time will mend it. */
  isFinal: boolean;
};

const FINAL =
  /^(ImagePullBackOff|InvalidImageName|CreateContainerConfigError|CreateContainerError|CrashLoopBackOff)$/;

/** Undefined once the pod's container runs. */
export function podReason({ status }: V1Pod): PodReason | undefined {
  const { waiting, terminated, running } = status?.containerStatuses?.[0]?.state ?? {};
  if (running) return undefined;
  if (terminated) return { text: `its container ended with exit code ${terminated.exitCode}`, isFinal: true };
  if (waiting) {
    const text = [waiting.reason, waiting.message].filter(Boolean).join(": ");
    return { text, isFinal: FINAL.test(waiting.reason ?? "") };
  }
  const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled");
  const text = scheduled?.status === "False" ? `no node can take it: ${scheduled.message}` : "Pending";
  return { text, isFinal: false };
}
