import type { BuildRequest } from "./build.ts";
import { lineLabel } from "./clean-up/image-knowledge.ts";

/**
 * The image's own labels and the usual ones, which tell where it is from and which it cannot change:
 * https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys
 */
export function imageLabelsOf(request: BuildRequest): Record<string, string> {
  const { commit, repository, gitTag, branch, acceptedAt, image } = request;
  const version = gitTag ?? branch ?? commit;
  return {
    ...image.labels,
    "org.opencontainers.image.revision": commit,
    "org.opencontainers.image.source": repository.url,
    // The push's time, not the build's: a build that is tried again gets the same labels.
    "org.opencontainers.image.created": new Date(acceptedAt).toISOString(),
    "org.opencontainers.image.version": version,
    ...lineLabel(request),
  };
}
