import { GlobList } from "../glob/glob-list.ts";
import { formatImagePath } from "../image-reference.ts";
import type { Policy } from "../policy.ts";
import { formatRepository, type Repository } from "../repository.ts";

type NamedRepository = Pick<Repository, "owner" | "name">;

/** Whether the repository may build at all: a denial counts more than a permission. */
export function policyAllowsRepository(
  { repositories: { allow, deny } }: Pick<Policy, "repositories">,
  repository: NamedRepository,
): boolean {
  return includes(allow, repository) && !includes(deny, repository);
}

/** Whether images of the repository may go to the path: its own and below it, and what the operator added. */
export function policyAllowsImagePath(
  { images }: Pick<Policy, "images">,
  repository: NamedRepository,
  imagePath: string,
): boolean {
  const own = formatImagePath(repository);
  if (imagePath === own || imagePath.startsWith(`${own}/`)) return true;
  return images.some(
    ({ repositories, paths }) =>
      includes(repositories, repository) && new GlobList(paths).find(imagePath) !== undefined,
  );
}

/** Where the value of a secret is that trusted builds of the repository may have; undefined when they may not. */
export function secretForBuilds(
  { secrets }: Pick<Policy, "secrets">,
  repository: NamedRepository,
  secretName: string,
): { name: string; key: string } | undefined {
  const entry = Object.hasOwn(secrets, secretName) ? secrets[secretName] : undefined;
  return entry && includes(entry.repositories, repository) ? entry.secret : undefined;
}

function includes(patterns: readonly string[], repository: NamedRepository): boolean {
  return new GlobList(patterns, { ignoreCase: true }).find(formatRepository(repository)) !== undefined;
}
