import type { CoreV1Event, KubernetesListObject } from "@kubernetes/client-node";
import type { ClusterApi } from "./cluster-api.ts";

const MAX_WARNINGS = 20;

export type Warning = { reason: string; message: string };

/** The cluster's warnings about one object, oldest first, each once. */
export async function findWarnings(
  api: ClusterApi,
  object: { kind: "Job" | "Pod"; namespace: string; name: string },
  signal: AbortSignal,
): Promise<Warning[]> {
  const { kind, namespace, name } = object;
  const { items } = await api.call<KubernetesListObject<CoreV1Event>>(
    `listing the events of ${kind} ${name}`,
    {
      path: `/api/v1/namespaces/${namespace}/events`,
      query: { fieldSelector: `involvedObject.kind=${kind},involvedObject.name=${name},type=Warning` },
    },
    signal,
  );
  const warnings = items
    .toSorted((one, other) => (timeOf(one) < timeOf(other) ? -1 : 1))
    .map(({ reason, message }) => ({ reason: reason ?? "Warning", message: (message ?? "").trim() }));
  const known = new Map(warnings.map((warning) => [`${warning.reason}: ${warning.message}`, warning]));
  return [...known.values()].slice(-MAX_WARNINGS);
}

/** As the API writes it; the client library's type says Date, which only its own calls make. */
function timeOf({ lastTimestamp, eventTime, metadata }: CoreV1Event): string {
  return String(lastTimestamp ?? eventTime ?? metadata.creationTimestamp ?? "");
}
