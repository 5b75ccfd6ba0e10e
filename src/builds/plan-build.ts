import type { BuildPlan } from "../builders/builder.ts";
import type { BuildRequest } from "../core/build.ts";
import { imageLabelsOf } from "../core/image-labels.ts";
import { formatImagePath, formatTagged, type RegistryPlace } from "../core/image-reference.ts";
import { imageTagsOf } from "../core/image-tags.ts";
import { formatRepository } from "../core/repository.ts";

/** One try at what was asked for, pushed under the names that build pods use. */
export function planBuild(request: BuildRequest, tryNumber: number, push: RegistryPlace): BuildPlan {
  const { id: buildId, repository, commit, dockerfile, gitTag } = request;
  const imagePath = formatImagePath(repository);
  const [first, ...others] = imageTagsOf(commit, gitTag);
  const destination = (imageTag: string) => formatTagged(push, imagePath, imageTag);
  return {
    buildId,
    tryNumber,
    repository: formatRepository(repository),
    commit,
    dockerfile,
    destinations: [destination(first), ...others.map(destination)],
    imageLabels: imageLabelsOf(request),
  };
}
