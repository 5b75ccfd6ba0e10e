import { formatOwnImagePath, type ImageRoot } from "../image-root.ts";
import type { ImageConfig, RepoConfig } from "../repo-config.ts";
import type { Repository } from "../repository.ts";

/** The check of the only image, or of a commit as a whole. */
export const CHECK_NAME = "pushwright";

/** Below the registry's place: the path that the configuration says, or the repository's own. */
export function imagePathOf(
  image: Pick<ImageConfig, "name" | "path">,
  repository: Repository,
  imageRoots: readonly ImageRoot[],
): string {
  if (image.path !== undefined) return image.path;
  const own = formatOwnImagePath(imageRoots, repository);
  return image.name === undefined ? own : `${own}/${image.name}`;
}

/** `pushwright`, or `pushwright / api` where there are several. */
export function checkNameOf(
  image: Pick<ImageConfig, "name">,
  { images }: Pick<RepoConfig, "images">,
): string {
  return images.length === 1 || image.name === undefined ? CHECK_NAME : `${CHECK_NAME} / ${image.name}`;
}
