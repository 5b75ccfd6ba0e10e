import type { V1PodSpec } from "@kubernetes/client-node";

/**
 * A `RUN` needs a node of the image's own architecture, an image without one does not: such nodes are preferred, and
 * others will do. https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-arch
 */
export function preferPlatform(platform: string | undefined): Pick<V1PodSpec, "affinity"> {
  const [, architecture] = /^\w+\/(\w+)/.exec(platform ?? "") ?? [];
  if (architecture === undefined) return {};
  const matchExpressions = [{ key: "kubernetes.io/arch", operator: "In", values: [architecture] }];
  const preferred = [{ weight: 100, preference: { matchExpressions } }];
  return { affinity: { nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: preferred } } };
}
