import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";

/** Pods that the cluster takes away: https://kubernetes.io/docs/concepts/workloads/pods/disruptions/#pod-disruption-conditions */
export const EVICTIONS = [
  "Evicted",
  "EvictionByEvictionAPI",
  "PreemptionByScheduler",
  "Preempting",
  "DeletionByTaintManager",
  "DeletionByPodGC",
  "TerminationByKubelet",
  "NodeLost",
  "NodeShutdown",
  "Terminated",
  "ContainerStatusUnknown",
];

/** https://github.com/kubernetes/kubernetes/blob/v1.34.4/pkg/kubelet/eviction/helpers.go */
const OWN_DISK_LIMIT =
  /exceeds the total limit of containers (\S+)\.|exceeded its local ephemeral storage limit "(\S+)"|Usage of EmptyDir volume \S+ exceeds the limit "(\S+)"/;
const LOW_ON_DISK = /low on resource: ephemeral-storage/;
const USED = /Container kaniko was using (\w+), request is/;

/** A build that the cluster took off its node. */
export function evicted({ evidence, step }: Facts): Diagnosis {
  const { reason = "", message = "" } = evidence;
  const words = `${reason}: ${code(message || "no more is said")}.`;
  const [, ...limits] = OWN_DISK_LIMIT.exec(message) ?? [];
  const limit = limits.find(Boolean);
  if (limit !== undefined) return overDiskLimit(limit, words, step);
  if (LOW_ON_DISK.test(message)) return nodeFull(USED.exec(message)?.[1], words);
  return {
    class: "transient",
    code: "evicted",
    title: "The cluster took the build off its node",
    cause: words,
    remedy: "Nothing needs to be done: the build is tried again.",
  };
}

function overDiskLimit(limit: string, words: string, step: Facts["step"]): Diagnosis {
  return {
    class: "permanent",
    code: "disk-limit-exceeded",
    title: `The build used more disk than it may (limit ${limit})`,
    cause: `A build's pod may use ${limit} of the node's disk, and it used more. ${words}`,
    remedy:
      "Make the image, or what the build leaves behind, smaller, or ask whoever runs Pushwright for a larger limit of ephemeral storage in the namespace of builds.",
    ...step,
  };
}

function nodeFull(used: string | undefined, words: string): Diagnosis {
  return {
    class: "transient",
    code: "no-space-left",
    title: "The node ran out of disk space",
    cause: `The build was taken off its node, which was low on disk space${used === undefined ? "" : `; the build was using ${used} of it`}. ${words}`,
    remedy:
      "The build is tried again. Should that not help: make the image, or what the build leaves behind, smaller, or ask whoever runs Pushwright for nodes with more disk.",
  };
}
