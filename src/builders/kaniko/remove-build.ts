import type { KubernetesListObject, KubernetesObject } from "@kubernetes/client-node";
import type { BuildTry } from "../builder.ts";
import type { BuildCluster } from "./await-end.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { buildSelector, LABELS } from "./names.ts";

/**
 * Removes the Jobs of this try at the build and of the ones before, whose removal may have failed, and their pods
 * without waiting for them to end by themselves. A later try may be another's.
 */
export async function removeBuild(
  { api, settings }: BuildCluster,
  { buildId, tryNumber }: BuildTry,
): Promise<void> {
  await removeJobs(api, settings.namespace, buildSelector(buildId), tryNumber);
}

/** Removes the selected Jobs and their pods, up to that try. */
export async function removeJobs(
  api: ClusterApi,
  namespace: string,
  labelSelector: string,
  tryNumber: number,
): Promise<void> {
  // The Jobs first: their controller would call the loss of a pod a failure.
  await removeAll("Job", `/apis/batch/v1/namespaces/${namespace}/jobs`, { propagationPolicy: "Background" });
  await removeAll("pod", `/api/v1/namespaces/${namespace}/pods`, { gracePeriodSeconds: 0 });

  async function removeAll(kind: string, path: string, body: object): Promise<void> {
    const { items } = await api.call<KubernetesListObject<KubernetesObject>>(
      `listing each ${kind} of ${labelSelector}`,
      { path, query: { labelSelector } },
    );
    for (const { metadata } of items) {
      if (Number(metadata?.labels?.[LABELS.try]) > tryNumber) continue;
      const removal = { method: "DELETE", path: `${path}/${metadata?.name}`, body } as const;
      await ignoreMissing(api.call(`removing ${kind} ${metadata?.name}`, removal));
    }
  }
}

/** What is gone already need not be removed. */
export async function ignoreMissing(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error) => {
    if (!(error instanceof ClusterError && error.status === 404)) throw error;
  });
}
