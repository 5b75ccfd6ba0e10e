import { EventEmitter } from "node:events";
import {
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
  type V1Job,
  type V1Pod,
} from "@kubernetes/client-node";
import type { CleanUp } from "../clean-up.ts";
import type { BenchNamespace } from "../scene/open-namespace.ts";

/** When a watch told of a pod's stages, in milliseconds since 1970. */
export type PodTimes = {
  created: number;
  scheduled?: number;
  /** The kubelet tells these, and later than they happen. */
  running?: number;
  ended?: number;
};

export type NamespaceWatch = {
  /** Every Job seen so far as it was last seen, those that are gone included. */
  readonly jobs: ReadonlyMap<string, V1Job>;
  /** By the Job's name. */
  readonly podTimes: ReadonlyMap<string, PodTimes>;
  untilJob(name: string, fits: (seen: V1Job) => boolean): Promise<V1Job>;
};

/** After a watch has broken. */
const RESTART_MS = 500;

export async function watchNamespace(
  { name: namespace, config, core, batch }: BenchNamespace,
  cleanUp: CleanUp,
): Promise<NamespaceWatch> {
  const jobs = new Map<string, V1Job>();
  const podTimes = new Map<string, PodTimes>();
  const changes = new EventEmitter<{ seen: [V1Job] }>();
  const listJobs = () => batch.listNamespacedJob({ namespace });
  await follow(`/apis/batch/v1/namespaces/${namespace}/jobs`, listJobs, (seen) => {
    jobs.set(seen.metadata?.name ?? "", seen);
    changes.emit("seen", seen);
  });
  const listPods = () => core.listNamespacedPod({ namespace });
  await follow(`/api/v1/namespaces/${namespace}/pods`, listPods, (pod) => {
    const jobName = pod.metadata?.labels?.["batch.kubernetes.io/job-name"];
    if (jobName !== undefined) note(jobName, pod);
  });

  return {
    jobs,
    podTimes,
    untilJob(jobName, fits) {
      return new Promise((resolve) => {
        const hear = (seen: V1Job) => {
          if (seen.metadata?.name !== jobName || !fits(seen)) return;
          changes.off("seen", hear);
          resolve(seen);
        };
        changes.on("seen", hear);
      });
    },
  };

  function note(jobName: string, { spec, status }: V1Pod): void {
    const now = Date.now();
    const times = podTimes.get(jobName) ?? { created: now };
    podTimes.set(jobName, times);
    const state = status?.containerStatuses?.[0]?.state;
    if (spec?.nodeName) times.scheduled ??= now;
    if (state?.running) times.running ??= now;
    if (state?.terminated) times.ended ??= now;
  }

  async function follow<Seen extends KubernetesObject>(
    path: string,
    list: () => Promise<KubernetesListObject<Seen>>,
    hear: (seen: Seen) => void,
  ): Promise<void> {
    const informer = makeInformer(config, path, list);
    informer.on("change", hear);
    let timer: NodeJS.Timeout | undefined;
    informer.on("error", () => {
      timer = setTimeout(() => informer.start(), RESTART_MS);
    });
    cleanUp.defer(() => {
      clearTimeout(timer);
      return informer.stop();
    });
    await informer.start();
  }
}
