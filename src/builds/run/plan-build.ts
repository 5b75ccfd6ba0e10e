import type { BuildPlan } from "../../builders/builder.ts";
import { layoutContext } from "../../context/context-layout.ts";
import type { BuildRequest } from "../../core/build.ts";
import { buildResourcesOf } from "../../core/decide/build-resources-of.ts";
import { imageLabelsOf } from "../../core/image-labels.ts";
import { formatCacheRepository, formatTagged, type RegistryPlace } from "../../core/image-reference.ts";
import { classForBuilds } from "../../core/policy/class-for-builds.ts";
import { readableRepositories } from "../../core/policy/readable-repositories.ts";
import type { Policy } from "../../core/policy.ts";
import { formatRepository } from "../../core/repository.ts";
import { argumentsOf } from "./arguments-of.ts";

/**
 * One try at what was asked for. A trusted build is pushed under its commit's tag, by the name that build pods use; its
 * other tags are set once the registry has it. An untrusted one is not pushed, and fills no cache.
 */
export function planBuild(
  request: BuildRequest,
  tryNumber: number,
  push: RegistryPlace,
  policy: Pick<Policy, "cache" | "secrets" | "bases" | "imageRoots" | "classes" | "limits" | "placement">,
): BuildPlan {
  const { id: buildId, repository, commit, image, isTrusted, noCache } = request;
  const hasCache = policy.cache && isTrusted && !noCache;
  return {
    buildId,
    tryNumber,
    repository: formatRepository(repository),
    commit,
    ...layoutContext(image),
    destinations: isTrusted ? [formatTagged(push, image.path, commit)] : [],
    readable: readableRepositories(request, push, policy),
    imageLabels: imageLabelsOf(request),
    ...argumentsOf(request, policy),
    ...(image.target === undefined ? {} : { target: image.target }),
    ...(image.platform === undefined ? {} : { platform: image.platform }),
    ...(hasCache ? { cacheRepository: formatCacheRepository(push, image.path) } : {}),
    deadlineSeconds: image.deadlineSeconds,
    ...shareOf(request, policy),
    isTrusted,
  };
}

/** On which nodes, and with how much of one: within what the policy says now, should it have become stricter since. */
function shareOf(
  { repository, image }: BuildRequest,
  policy: Pick<Policy, "classes" | "limits" | "placement">,
): Required<Pick<BuildPlan, "resources" | "placement">> {
  const usual = { ...policy.limits, placement: policy.placement };
  const { cpu, memory, placement } = classForBuilds(policy, repository, image.class) ?? usual;
  const { resources = { cpu, memory } } = buildResourcesOf(image, { cpu, memory });
  return { resources, placement };
}
