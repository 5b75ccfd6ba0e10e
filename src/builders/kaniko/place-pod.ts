import type { V1PodSpec } from "@kubernetes/client-node";
import { NO_PLACEMENT, type Placement } from "../../core/placement.ts";

/** What of a pod's spec says on which nodes it runs, and what gives way to it. */
export function placePod({
  nodeSelector,
  tolerations,
  priorityClass,
}: Placement = NO_PLACEMENT): Pick<V1PodSpec, "nodeSelector" | "tolerations" | "priorityClassName"> {
  return {
    ...(Object.keys(nodeSelector).length === 0 ? {} : { nodeSelector }),
    ...(tolerations.length === 0
      ? {}
      : {
          tolerations: tolerations.map((toleration) =>
            Object.fromEntries(Object.entries(toleration).filter(([, value]) => value !== undefined)),
          ),
        }),
    ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
  };
}
