import type { CoreV1Api, V1Pod } from "@kubernetes/client-node";
import { poll } from "../poll.ts";
import { podReason } from "./pod-reason.ts";

export type AwaitedPod = {
  core: CoreV1Api;
  namespace: string;
  /** `app=registry`: the pod's labels. */
  labels: string;
  seconds: number;
  signal: AbortSignal;
  note: (text: string) => void;
};

/** What passes faster is not worth a line. */
const QUIET_MS = 3000;

/** Resolves to the pod once it is ready. Rejects with the cluster's own words when it will never be. */
export async function waitForPod(awaited: AwaitedPod): Promise<V1Pod> {
  const { core, namespace, labels, seconds, signal, note } = awaited;
  const start = Date.now();
  let reason = "there is no such pod yet";
  let noted = "";
  return poll(
    async () => {
      const pod = (await core.listNamespacedPod({ namespace, labelSelector: labels })).items[0];
      if (!pod) return undefined;
      if (isReady(pod)) return pod;
      const { text, isFinal } = podReason(pod) ?? { text: "it runs and is not ready", isFinal: false };
      if (isFinal) throw new Error(text);
      reason = text;
      if (reason !== noted && Date.now() - start > QUIET_MS) {
        noted = reason;
        note(reason);
      }
      return undefined;
    },
    { what: `the pod ${labels} to be ready`, seconds, signal, reason: () => reason },
  );
}

function isReady({ status }: V1Pod): boolean {
  return Boolean(status?.conditions?.some(({ type, status: is }) => type === "Ready" && is === "True"));
}
