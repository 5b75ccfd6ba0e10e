import type { KubernetesListObject, V1Pod } from "@kubernetes/client-node";
import type { BuildPlan } from "../builder.ts";
import type { BuildCluster } from "./await-end.ts";
import { ClusterError } from "./cluster-error.ts";
import { kanikoJobName, LABELS } from "./names.ts";

/** Removes the build's Job, and its pods without waiting for them to end by themselves. */
export async function removeBuild({ api, settings }: BuildCluster, plan: BuildPlan): Promise<void> {
  const { namespace } = settings;
  const name = kanikoJobName(plan);
  // The Job first: its controller would call the loss of its pod a failure.
  await ignoreMissing(
    api.call(`removing Job ${name}`, {
      method: "DELETE",
      path: `/apis/batch/v1/namespaces/${namespace}/jobs/${name}`,
      body: { propagationPolicy: "Background" },
    }),
  );
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const labelSelector = `${LABELS.build}=${plan.buildId},${LABELS.try}=${plan.tryNumber}`;
  const { items } = await api.call<KubernetesListObject<V1Pod>>(`listing the pods of Job ${name}`, {
    path,
    query: { labelSelector },
  });
  for (const pod of items) {
    await ignoreMissing(
      api.call(`removing pod ${pod.metadata?.name}`, {
        method: "DELETE",
        path: `${path}/${pod.metadata?.name}`,
        body: { gracePeriodSeconds: 0 },
      }),
    );
  }
}

async function ignoreMissing(removal: Promise<unknown>): Promise<void> {
  await removal.catch((error) => {
    if (!(error instanceof ClusterError && error.status === 404)) throw error;
  });
}
