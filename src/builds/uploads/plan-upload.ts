import type { BuildPlan } from "../../builders/builder.ts";
import { layoutContext } from "../../context/context-layout.ts";
import { formatCacheRepository, formatTagged, splitPlace } from "../../core/image-reference.ts";
import type { UploadRequest } from "../../core/upload.ts";
import type { UploadPorts } from "./upload-ports.ts";

/** One try at the build of an upload. It may read its own image of the registry, and no other with the registry's login. */
export function planUpload(
  { push, policy }: Pick<UploadPorts, "push" | "policy">,
  { id: buildId, image, isPushed, noCache, acceptedAt }: UploadRequest,
  tryNumber: number,
): BuildPlan {
  const [tag = "latest"] = image.tags.map(({ name }) => name);
  const { prefix } = splitPlace(push);
  const own = prefix === "" ? image.path : `${prefix}/${image.path}`;
  return {
    buildId,
    tryNumber,
    repository: image.path,
    ...layoutContext(image),
    destinations: isPushed ? [formatTagged(push, image.path, tag)] : [],
    readable: [own, `${own}/**`],
    imageLabels: {
      // The upload's time, not the build's: a build that is tried again gets the same labels.
      "org.opencontainers.image.created": new Date(acceptedAt).toISOString(),
      "org.opencontainers.image.version": tag,
    },
    ...(image.target === undefined ? {} : { target: image.target }),
    args: Object.fromEntries(image.args.map(({ name, value }) => [name, String(value)])),
    secretArgs: {},
    ...(policy.cache && !noCache ? { cacheRepository: formatCacheRepository(push, image.path) } : {}),
    deadlineSeconds: image.deadlineSeconds,
    isTrusted: true,
  };
}
