import { GlobList } from "../glob/glob-list.ts";
import { formatOwnImagePath } from "../image-root.ts";
import type { Policy } from "../policy.ts";
import type { RepositoryIdentity } from "../repository.ts";
import { includesRepository } from "./includes-repository.ts";

/** Whether images of the repository may go to the path: its own and below it, and what the operator added. */
export function allowsImagePath(
  { images, imageRoots }: Pick<Policy, "images" | "imageRoots">,
  repository: RepositoryIdentity,
  imagePath: string,
): boolean {
  const own = formatOwnImagePath(imageRoots, repository);
  if (imagePath === own || imagePath.startsWith(`${own}/`)) return true;
  return images.some(
    ({ repositories, paths }) =>
      includesRepository(repositories, repository) && new GlobList(paths).find(imagePath) !== undefined,
  );
}
