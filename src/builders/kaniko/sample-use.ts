import { setTimeout as sleep } from "node:timers/promises";
import type { PeakUse } from "../../core/build.ts";
import { quantityValue } from "../../core/quantity.ts";
import type { ClusterApi } from "./cluster-api.ts";
import { ClusterError } from "./cluster-error.ts";
import { CONTAINER } from "./names.ts";

/** https://github.com/kubernetes/metrics/blob/v0.34.4/pkg/apis/metrics/v1beta1/types.go */
type PodMetrics = { containers?: { name: string; usage: { cpu: string; memory: string } }[] };

/** A cluster's metrics are mostly 15 s apart. */
const SAMPLE_MS = 5_000;
/** How long a cluster without metrics, or one that does not let them be read, is not asked again. */
const ABSENT_MS = 10 * 60_000;

/** Asks the cluster what a running build uses, where it can tell. Nothing depends on its answer. */
export type UseSampler = {
  /** Resolves when `signal` aborts, or when the cluster cannot tell. */
  sample(podName: string, onUse: (use: PeakUse) => void, signal: AbortSignal): Promise<void>;
};

export function createUseSampler(api: ClusterApi, namespace: string, sampleMs = SAMPLE_MS): UseSampler {
  let absentUntil = 0;
  return {
    async sample(podName, onUse, signal) {
      const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods/${podName}`;
      while (!signal.aborted && Date.now() >= absentUntil) {
        try {
          const doing = `reading what pod ${podName} uses`;
          const { containers = [] } = await api.call<PodMetrics>(
            doing,
            { path, until: Date.now() + 2_000 },
            signal,
          );
          const usage = containers.find(({ name }) => name === CONTAINER)?.usage;
          if (usage) onUse({ memoryBytes: quantityValue(usage.memory), cpu: quantityValue(usage.cpu) });
        } catch (error) {
          if (signal.aborted) return;
          if (!isNotYet(error)) absentUntil = Date.now() + ABSENT_MS;
        }
        await sleep(sampleMs, undefined, { signal }).catch(() => {});
      }
    },
  };
}

/** Nothing is known of a new pod for a while; of an API that is not there, the API server's own 404 has no reason. */
function isNotYet(error: unknown): boolean {
  if (!(error instanceof ClusterError)) return false;
  return error.status === undefined || (error.status === 404 && error.reason === "NotFound");
}
