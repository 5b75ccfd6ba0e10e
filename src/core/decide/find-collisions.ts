import type { Diagnosis } from "../diagnosis.ts";
import { formatCode } from "../format-code.ts";
import type { Policy } from "../policy.ts";
import type { RepoConfig } from "../repo-config.ts";
import type { Repository } from "../repository.ts";
import { imagePathOf } from "./image-identity.ts";

/** Paths that more than one image of the repository goes to: each would take the other's commit tag. */
export function findCollisions(
  { images }: Pick<RepoConfig, "images">,
  repository: Repository,
  { imageRoots }: Pick<Policy, "imageRoots">,
): Set<string> {
  const paths = images.map((image) => imagePathOf(image, repository, imageRoots));
  return new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
}

export function diagnoseCollision(path: string): Diagnosis {
  return {
    class: "permanent",
    code: "image-path-twice",
    title: "Two images have the same path",
    cause: `More than one image of this repository goes to ${formatCode(path)}: one would take the other's tags.`,
    remedy:
      "Give each image an `image` of its own, or leave `image` out: then its `name` makes the difference.",
  };
}
