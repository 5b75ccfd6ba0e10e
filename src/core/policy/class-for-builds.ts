import type { BuildClass, Policy } from "../policy.ts";
import type { Repository } from "../repository.ts";
import { includesRepository } from "./includes-repository.ts";

/** The kind of build of that name; undefined when there is none that builds of the repository may have. */
export function classForBuilds(
  { classes, limits, placement }: Pick<Policy, "classes" | "limits" | "placement">,
  repository: Pick<Repository, "host" | "owner" | "name">,
  name: string | undefined,
): Omit<BuildClass, "repositories"> | undefined {
  if (name === undefined) return { cpu: limits.cpu, memory: limits.memory, placement };
  const found = Object.hasOwn(classes, name) ? classes[name] : undefined;
  return found && includesRepository(found.repositories, repository) ? found : undefined;
}
