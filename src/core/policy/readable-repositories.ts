import type { BuildRequest } from "../build.ts";
import { formatCacheRepository, type RegistryPlace, splitPlace } from "../image-reference.ts";
import { formatOwnImagePath } from "../image-root.ts";
import type { Policy } from "../policy.ts";
import { includesRepository } from "./includes-repository.ts";

/**
 * Which repositories of the registry a build may read with the registry's login, as globs of their whole paths: the
 * images of its own repository, the image that it builds, and what the operator added.
 */
export function readableRepositories(
  { repository, image }: Pick<BuildRequest, "repository" | "image">,
  place: RegistryPlace,
  { bases, imageRoots }: Pick<Policy, "bases" | "imageRoots">,
): string[] {
  const { prefix } = splitPlace(place);
  const below = (path: string) => (prefix === "" ? path : `${prefix}/${path}`);
  const own = below(formatOwnImagePath(imageRoots, repository));
  return [
    own,
    `${own}/**`,
    below(image.path),
    formatCacheRepository(place, image.path).slice(splitPlace(place).host.length + 1),
    ...bases.flatMap(({ repositories, paths }) =>
      includesRepository(repositories, repository) ? paths : [],
    ),
  ];
}
