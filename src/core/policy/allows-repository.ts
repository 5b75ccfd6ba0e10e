import { formatCode } from "../format-code.ts";
import type { Policy } from "../policy.ts";
import { formatRepository, type Repository } from "../repository.ts";
import { includesRepository } from "./includes-repository.ts";

/** Whether the repository may build at all; a denial counts more than a permission. A string says why it may not. */
export function allowsRepository(
  { repositories: { allow, deny } }: Pick<Policy, "repositories">,
  repository: Pick<Repository, "host" | "owner" | "name">,
): true | string {
  if (includesRepository(allow, repository) && !includesRepository(deny, repository)) return true;
  return `the operator's policy does not let ${formatCode(formatRepository(repository))} build`;
}
