import type { BuildRequest } from "../build.ts";
import { type RegistryPlace, splitPlace } from "../image-reference.ts";
import { formatOwnImagePath } from "../image-root.ts";
import type { Policy } from "../policy.ts";
import { includesRepository } from "./includes-repository.ts";

/**
 * Which repositories of the registry a build may read with the registry's login, as globs of their whole paths,
 * besides what it pushes to: the images of its own repository, and what the operator added.
 */
export function readableRepositories(
  { repository }: Pick<BuildRequest, "repository">,
  place: RegistryPlace,
  { bases, imageRoots }: Pick<Policy, "bases" | "imageRoots">,
): string[] {
  const { prefix } = splitPlace(place);
  const below = (path: string) => (prefix === "" ? path : `${prefix}/${path}`);
  const own = below(formatOwnImagePath(imageRoots, repository));
  return [
    own,
    `${own}/**`,
    ...bases.flatMap(({ repositories, paths }) =>
      includesRepository(repositories, repository) ? paths : [],
    ),
  ];
}
