import type { AskedRef } from "./asking.ts";
import { isFilter } from "./decide/changed-files.ts";
import { GlobList } from "./glob/glob-list.ts";
import type { RepoConfig } from "./repo-config.ts";

/** Whether the decision depends on what was changed: the forge is asked for that only then. */
export function needsChangedFiles(ref: AskedRef, config: RepoConfig): boolean {
  return hasPathFilter(config) && isBuilt(ref, config.triggers);
}

export function hasPathFilter({ triggers, images }: RepoConfig): boolean {
  return isFilter(triggers.paths) || images.some(({ paths }) => isFilter(paths));
}

/** Git tags name a version whatever changed, and bare commits are built because somebody asks. */
function isBuilt(ref: AskedRef, { branches, pullRequests }: RepoConfig["triggers"]): boolean {
  if (ref.kind === "branch") return new GlobList(branches).find(ref.branch) !== undefined;
  if (ref.kind === "pull-request")
    return new GlobList(pullRequests).find(ref.pullRequest.baseBranch) !== undefined;
  return false;
}
