import type { Asking } from "../asking.ts";
import { GlobList } from "../glob/glob-list.ts";
import { hasPathFilter } from "../needs-changed-files.ts";
import type { RepoConfig } from "../repo-config.ts";
import { tagsFor } from "./image-build-of.ts";

/**
 * Whether the push of a pull request's branch builds all that the pull request would build, with all its tags. With a
 * path filter that is not certain: a push is held against what it changed, a pull request against all of its changes.
 */
export function isBuiltByPush(asking: Asking, config: RepoConfig): boolean {
  const { ref, asked } = asking;
  if (ref.kind !== "pull-request" || ref.pullRequest.isFork || asked || hasPathFilter(config)) return false;
  const { branch } = ref.pullRequest;
  if (new GlobList(config.triggers.branches).find(branch) === undefined) return false;
  return config.images.every((image) => {
    const { tags } = tagsFor(image, asking, ref, config.triggers);
    const pushed = tagsFor(image, asking, { kind: "branch", branch }, config.triggers).tags;
    return tags.every(({ name }) => pushed.some((tag) => tag.name === name));
  });
}
