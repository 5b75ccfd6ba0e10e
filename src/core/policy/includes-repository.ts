import { GlobList } from "../glob/glob-list.ts";
import { formatRepository, type Repository } from "../repository.ts";

/**
 * Whether the patterns let the repository in: those that begin with `//` by `//host/owner/name`, the others by
 * `owner/name` on whatever host. Forges compare names without case.
 */
export function includesRepository(
  patterns: readonly string[],
  repository: Pick<Repository, "host" | "owner" | "name">,
): boolean {
  const name = formatRepository(repository);
  const full = `//${repository.host}/${name}`;
  return new GlobList(patterns, { ignoreCase: true }).find(name, full) !== undefined;
}
