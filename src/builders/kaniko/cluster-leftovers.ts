import type { KubeConfig, KubernetesListObject, V1Job, V1ObjectMeta, V1Pod } from "@kubernetes/client-node";
import { BuildId } from "../../core/build-id.ts";
import type { Leftover } from "../../core/clean-up/decide-sweep.ts";
import { VERIFY_LABEL } from "../cluster-verifier/names.ts";
import type { Leftovers } from "../leftovers.ts";
import { createClusterApi } from "./cluster-api.ts";
import { LABELS, MANAGED_BY } from "./names.ts";
import { ignoreMissing } from "./remove-build.ts";
import type { KanikoSettings } from "./settings.ts";

const SECOND = 1000;
/** Every Job and pod of the bot's, be it a build's or the run of an image that it pushed. */
const labelSelector = `${LABELS.managedBy}=${MANAGED_BY}`;
const BUILD_LABELS = [LABELS.build, VERIFY_LABEL];

/** What is left in the namespace that builds run in. */
export function createClusterLeftovers(
  kubeConfig: KubeConfig,
  {
    namespace,
    deadlineSeconds,
    ttlSeconds,
  }: Pick<KanikoSettings, "namespace" | "deadlineSeconds" | "ttlSeconds">,
): Leftovers {
  const api = createClusterApi(kubeConfig);
  const paths = {
    Job: `/apis/batch/v1/namespaces/${namespace}/jobs`,
    pod: `/api/v1/namespaces/${namespace}/pods`,
  };
  return {
    async list() {
      const query = { labelSelector };
      const list = <Item extends V1Job | V1Pod>(kind: Leftover["kind"]) =>
        api.call<KubernetesListObject<Item>>(`listing each ${kind} of builds`, { path: paths[kind], query });
      const pods = await list<V1Pod>("pod");
      // After the pods, so that none whose Job was made meanwhile seems to have none.
      const jobs = await list<V1Job>("Job");
      const owners = new Set(jobs.items.map(({ metadata }) => metadata?.uid));
      const orphans = pods.items.filter(
        ({ metadata }) => !metadata?.ownerReferences?.some(({ uid }) => owners.has(uid)),
      );
      return [
        ...jobs.items.map(({ metadata, spec }) => leftoverOf("Job", metadata, spec?.activeDeadlineSeconds)),
        ...orphans.map(({ metadata }) => leftoverOf("pod", metadata, undefined)),
      ];
    },

    async remove({ kind, name }) {
      const body = kind === "Job" ? { propagationPolicy: "Background" } : { gracePeriodSeconds: 0 };
      const path = `${paths[kind]}/${name}`;
      await ignoreMissing(api.call(`removing ${kind} ${name}`, { method: "DELETE", path, body }));
    },

    close: () => api.close(),
  };

  function leftoverOf(
    kind: Leftover["kind"],
    metadata: V1ObjectMeta | undefined,
    deadline = deadlineSeconds,
  ): Leftover {
    const labels = BUILD_LABELS.map((label) => BuildId.safeParse(metadata?.labels?.[label]).data);
    const buildId = labels.find((id) => id !== undefined);
    return {
      ...{ kind, name: metadata?.name ?? "" },
      ...(buildId === undefined ? {} : { buildId }),
      createdAt: new Date(metadata?.creationTimestamp ?? 0).getTime(),
      lifetime: (deadline + ttlSeconds) * SECOND,
    };
  }
}
