import { GlobList } from "../glob/glob-list.ts";
import { formatRepository, type Repository } from "../repository.ts";

/** Whether the patterns let the repository in. Forges compare its name without case. */
export function includesRepository(
  patterns: readonly string[],
  repository: Pick<Repository, "owner" | "name">,
): boolean {
  return new GlobList(patterns, { ignoreCase: true }).find(formatRepository(repository)) !== undefined;
}
