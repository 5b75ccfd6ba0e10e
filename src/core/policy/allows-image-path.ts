import { GlobList } from "../glob/glob-list.ts";
import { formatImagePath } from "../image-reference.ts";
import type { Policy } from "../policy.ts";
import type { Repository } from "../repository.ts";
import { includesRepository } from "./includes-repository.ts";

/** Whether images of the repository may go to the path: its own and below it, and what the operator added. */
export function allowsImagePath(
  { images }: Pick<Policy, "images">,
  repository: Pick<Repository, "owner" | "name">,
  imagePath: string,
): boolean {
  const own = formatImagePath(repository);
  if (imagePath === own || imagePath.startsWith(`${own}/`)) return true;
  return images.some(
    ({ repositories, paths }) =>
      includesRepository(repositories, repository) && new GlobList(paths).find(imagePath) !== undefined,
  );
}
