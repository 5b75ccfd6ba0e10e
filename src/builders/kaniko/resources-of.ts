import type { BuildResources } from "../../core/image-build.ts";
import type { KanikoResources } from "./settings.ts";

/** A share of a node, as a container's spec has it. */
export function resourcesOf({ cpu, memory }: BuildResources): KanikoResources {
  return {
    requests: { cpu: cpu.request, memory: memory.request },
    limits: { cpu: cpu.limit, memory: memory.limit },
  };
}
