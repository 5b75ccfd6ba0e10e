import type { Placement } from "../placement.ts";
import type { BuildClass, Policy } from "../policy.ts";
import { boundsFaults, boundsOf } from "./bounds-of.ts";
import type { PolicyFile } from "./policy-file.ts";

type Written = NonNullable<PolicyFile["placement"]>;

export function placementOf({ nodeSelector = {}, tolerations = [], priorityClass }: Written = {}): Placement {
  return { nodeSelector, tolerations, ...(priorityClass === undefined ? {} : { priorityClass }) };
}

/** The kinds of builds that the file names; what one does not say of CPU and memory is as for all. */
export function completeClasses(
  { classes = {} }: PolicyFile,
  limits: Pick<Policy["limits"], "cpu" | "memory">,
): { classes: Policy["classes"]; faults: string[] } {
  const completed = Object.entries(classes).map(([name, written]): [string, BuildClass] => {
    const { repositories, cpu, memory, ...placement } = written;
    return [
      name,
      {
        repositories,
        cpu: boundsOf(cpu, limits.cpu),
        memory: boundsOf(memory, limits.memory),
        placement: placementOf(placement),
      },
    ];
  });
  return {
    classes: Object.fromEntries(completed),
    faults: completed.flatMap(([name, bounds]) =>
      boundsFaults(`classes.${name}`, { cpu: bounds.cpu, memory: bounds.memory }),
    ),
  };
}
