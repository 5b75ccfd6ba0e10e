import type { Asking } from "../asking.ts";
import type { DecidedBuild } from "../decision.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { formatDuration } from "../format-duration.ts";
import type { ImageBuild } from "../image-build.ts";
import type { Policy } from "../policy.ts";
import type { ImageConfig, RepoConfig } from "../repo-config.ts";
import type { ChangedFiles } from "./changed-files.ts";
import { diagnoseCollision } from "./find-collisions.ts";
import { findRefusal } from "./find-refusal.ts";
import { diagnoseSkipMarker, filterPaths, findSkipMarker } from "./find-skip.ts";
import { forkEnd } from "./fork-end.ts";
import { imageBuildOf } from "./image-build-of.ts";
import { checkNameOf } from "./image-identity.ts";
import { isFromFork, requestOf } from "./request-of.ts";

/** What is the same for all images of an asking. */
export type ImageScene = {
  asking: Asking;
  config: RepoConfig;
  policy: Policy;
  rule: string;
  changes: ChangedFiles;
  /** Paths that more than one image goes to. */
  collisions: ReadonlySet<string>;
};

/** The build of one image, or the end that it has before it starts. */
export function decideImage(image: ImageConfig, scene: ImageScene): DecidedBuild {
  const { asking, config, policy, rule } = scene;
  const { image: built, notes } = imageBuildOf(image, asking, config, policy);
  const filtered = filterImage(image, scene);
  const end = "end" in filtered ? filtered.end : endOf(built, scene);
  const because = "reasons" in filtered ? filtered.reasons : [];
  const request = requestOf({
    asking,
    rule: [rule, ...because, ...cutTimeout(image, policy), ...notes].join("; "),
    checkName: checkNameOf(image, config),
    image: built,
    isOfCommit: false,
    end,
    supersede: config.supersede,
  });
  return end === undefined ? { request } : { request, end };
}

/** Neither a marker nor a path filter stands against what a person asks for. */
function filterImage(
  image: ImageConfig,
  { asking, config, changes }: ImageScene,
): { reasons: string[] } | { end: DecidedBuild["end"] } {
  const { asked, ref, message } = asking;
  if (asked) return { reasons: [] };
  const marker = findSkipMarker(message, config.skipMarkers);
  if (marker !== undefined) return { end: { outcome: "skipped", diagnosis: diagnoseSkipMarker(marker) } };
  if (ref.kind === "tag") return { reasons: [] };
  const filtered = filterPaths(changes, config, image);
  if ("reasons" in filtered) return filtered;
  return { end: { outcome: "skipped", diagnosis: filtered.skipped } };
}

function endOf(image: ImageBuild, { asking, policy, collisions }: ImageScene): DecidedBuild["end"] {
  const isFork = isFromFork(asking.ref);
  if (collisions.has(image.path)) return failure(diagnoseCollision(image.path));
  const refusal = findRefusal(image, asking, policy, !isFork);
  if (refusal) return failure(refusal);
  return isFork ? forkEnd(asking, policy) : undefined;
}

function failure(diagnosis: Diagnosis): DecidedBuild["end"] {
  return { outcome: "failure", diagnosis };
}

/** A policy that becomes stricter fails no build that is quicker anyway, and `/why` tells of it. */
function cutTimeout({ deadlineSeconds }: ImageConfig, { limits }: Policy): string[] {
  if (deadlineSeconds === undefined || deadlineSeconds <= limits.deadlineSeconds) return [];
  const [own, most] = [deadlineSeconds, limits.deadlineSeconds].map((seconds) =>
    formatDuration(seconds * 1000),
  );
  return [`its timeout of ${own} is cut to the operator's ${most}`];
}
