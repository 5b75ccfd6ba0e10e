import type { Asking } from "../asking.ts";
import { GlobList } from "../glob/glob-list.ts";
import type { ImageBuild } from "../image-build.ts";
import { type ImageTags, imageTagsOf, type TagSubject } from "../image-tags.ts";
import { classForBuilds } from "../policy/class-for-builds.ts";
import type { Policy } from "../policy.ts";
import type { ImageConfig, RepoConfig } from "../repo-config.ts";
import { buildResourcesOf } from "./build-resources-of.ts";
import { imagePathOf } from "./image-identity.ts";
import { verifyWishOf } from "./verify-wish-of.ts";

/** The image as the configuration has it, made definite for one commit; and what of it cannot be. */
export function imageBuildOf(
  image: ImageConfig,
  asking: Asking,
  { triggers, isAssumed }: Pick<RepoConfig, "triggers" | "isAssumed">,
  policy: Pick<Policy, "limits" | "imageRoots" | "verify" | "classes" | "placement">,
): { image: ImageBuild; notes: string[] } {
  const { name, context, dockerfile, target, args, labels, platform } = image;
  const { limits, imageRoots } = policy;
  const { verify, notes } = verifyWishOf(image, policy);
  const most = classForBuilds(policy, asking.repository, image.class) ?? limits;
  const { resources, notes: cuts } = buildResourcesOf(image, most);
  const { tags, refused } = tagsFor(image, asking, asking.ref, triggers);
  return {
    image: {
      ...(name === undefined ? {} : { name }),
      path: imagePathOf(image, asking.repository, imageRoots),
      context,
      dockerfile,
      ...(target === undefined ? {} : { target }),
      args,
      labels,
      ...(platform === undefined ? {} : { platform }),
      tags,
      deadlineSeconds: Math.min(image.deadlineSeconds ?? limits.deadlineSeconds, limits.deadlineSeconds),
      ...(image.class === undefined ? {} : { class: image.class }),
      ...(resources === undefined ? {} : { resources }),
      ...(verify === undefined ? {} : { verify }),
      ...(isAssumed === undefined ? {} : { isAssumed }),
    },
    notes: [...refused, ...cuts, ...notes],
  };
}

/** The image's tags if the commit stood for the ref. */
export function tagsFor(
  image: Pick<ImageConfig, "tags">,
  { commit, defaultBranch }: Pick<Asking, "commit" | "defaultBranch">,
  ref: TagSubject["ref"],
  triggers: Pick<RepoConfig["triggers"], "branches">,
): ImageTags {
  const isDefaultBuilt = new GlobList(triggers.branches).find(defaultBranch) !== undefined;
  const latestFollows = isDefaultBuilt ? "default-branch" : "versions";
  return imageTagsOf(image.tags, { commit, ref, defaultBranch, latestFollows });
}
