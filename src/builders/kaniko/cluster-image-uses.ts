import type { KubeConfig, V1PodSpec, V1PodStatus } from "@kubernetes/client-node";
import type { ImageUse } from "../../core/clean-up/image-use.ts";
import type { ImageUses } from "../image-uses.ts";
import { type ClusterApi, createClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";

type Workload = {
  metadata?: { name?: string; namespace?: string };
  spec?: V1PodSpec & { template?: { spec?: V1PodSpec }; jobTemplate?: { spec?: Workload["spec"] } };
  status?: V1PodStatus;
};
type Page = { items: Workload[]; metadata?: { continue?: string } };

/** Where each kind is in the API, and what one of it is called. */
const PODS = ["/api/v1", "pods", "pod"] as const;
/** What makes pods: scaled to none, or between two runs, they have none, and their images are needed all the same. */
const MAKERS = [
  ["/api/v1", "replicationcontrollers", "ReplicationController"],
  ["/apis/apps/v1", "deployments", "Deployment"],
  ["/apis/apps/v1", "statefulsets", "StatefulSet"],
  ["/apis/apps/v1", "daemonsets", "DaemonSet"],
  // Deployments go back to what they were before.
  ["/apis/apps/v1", "replicasets", "ReplicaSet"],
  ["/apis/batch/v1", "jobs", "Job"],
  ["/apis/batch/v1", "cronjobs", "CronJob"],
] as const;
const PAGE = "500";

/** Looks at pods and what makes them: in these namespaces, or in all of them if none is named. */
export function createClusterImageUses(
  kubeConfig: KubeConfig,
  namespaces: readonly string[],
): ImageUses & { close(): void } {
  const api = createClusterApi(kubeConfig);
  const places = namespaces.length === 0 ? [undefined] : namespaces;
  return {
    async look() {
      const uses: ImageUse[] = [];
      const unseen: string[] = [];
      let hasAllPods = true;
      for (const place of places)
        for (const kind of [PODS, ...MAKERS]) {
          const found = await list(api, kind, place);
          if (kind === PODS && place !== undefined && Array.isArray(found) && found.length === 0)
            await throwIfMissing(api, place);
          if (Array.isArray(found)) uses.push(...found);
          else {
            unseen.push(found.refused);
            if (kind === PODS) hasAllPods = false;
          }
        }
      return { uses, unseen, hasAllPods };
    },
    close: () => api.close(),
  };
}

async function list(
  api: ClusterApi,
  [base, plural, kind]: typeof PODS | (typeof MAKERS)[number],
  namespace: string | undefined,
): Promise<ImageUse[] | { refused: string }> {
  const where = namespace === undefined ? "all namespaces" : `namespace ${namespace}`;
  const path = namespace === undefined ? `${base}/${plural}` : `${base}/namespaces/${namespace}/${plural}`;
  const uses: ImageUse[] = [];
  try {
    for (let from: string | undefined = ""; from !== undefined; ) {
      const query: Record<string, string> = { limit: PAGE, ...(from === "" ? {} : { continue: from }) };
      const page: Page = await api.call(`listing ${plural} in ${where}`, { path, query });
      uses.push(...page.items.map((item) => useOf(kind, item)));
      from = page.metadata?.continue || undefined;
    }
    return uses;
  } catch (error) {
    if (!(error instanceof ClusterError && (error.status === 403 || error.status === 404))) throw error;
    return { refused: error.message };
  }
}

/** A list of a namespace that is not there is empty, and would say that nothing in it is in use. */
async function throwIfMissing(api: ClusterApi, namespace: string): Promise<void> {
  const doing = `looking for images in use in namespace ${namespace}`;
  try {
    await api.call(doing, { path: `/api/v1/namespaces/${namespace}` });
  } catch (error) {
    if (!(error instanceof ClusterError)) throw error;
    if (error.status === 404)
      throw new Error(`${doing}: there is no such namespace; correct \`cleanUp.namespaces\` in the policy`);
    // Who may list pods there by a right in that namespace alone may not look at the namespace itself: it is there.
    if (error.status !== 403) throw error;
  }
}

function useOf(kind: string, { metadata, spec, status }: Workload): ImageUse {
  const pod = spec?.jobTemplate?.spec?.template?.spec ?? spec?.template?.spec ?? spec;
  const containers = [
    ...(pod?.initContainers ?? []),
    ...(pod?.containers ?? []),
    ...(pod?.ephemeralContainers ?? []),
  ];
  const statuses = [
    ...(status?.initContainerStatuses ?? []),
    ...(status?.containerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
  const references = [
    ...containers.map(({ image }) => image),
    ...(pod?.volumes ?? []).map(({ image }) => image?.reference),
    ...statuses.flatMap(({ image, imageID }) => [image, imageID]),
  ];
  return {
    by: `${kind} ${metadata?.namespace}/${metadata?.name}`,
    references: references.filter((reference) => reference !== undefined).filter(Boolean),
  };
}
