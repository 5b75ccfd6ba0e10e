import type { AskedRef } from "../asking.ts";
import { type CommitSha, formatShortSha } from "../commit-sha.ts";
import { fitBranch, replaceUnfit } from "./fit-image-tag.ts";
import type { TagPlaceholder } from "./image-tag-template.ts";

// https://semver.org/#is-there-a-suggested-regular-expression-regex-to-check-a-semver-string
const VERSION =
  /^v?(?<major>0|[1-9]\d*)\.(?<minor>0|[1-9]\d*)\.(?<patch>0|[1-9]\d*)(?:-(?<prerelease>[0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

export type ImageTagValues = { [Name in TagPlaceholder]?: string };

/** The values that templates have for a commit; those that the ref does not have are absent. */
export function imageTagValues(commit: CommitSha, ref: AskedRef): ImageTagValues {
  const values = { sha: commit, "short-sha": formatShortSha(commit) };
  switch (ref.kind) {
    case "branch":
      return { ...values, branch: fitBranch(ref.branch) };
    case "tag":
      return { ...values, "git-tag": replaceUnfit(ref.gitTag), ...versionValues(ref.gitTag) };
    case "pull-request":
      return { ...values, pr: String(ref.pullRequest.number) };
    case "commit":
      return values;
  }
}

/** Whether the Git tag names a version that is no release candidate or the like. */
export function isStableVersion(gitTag: string): boolean {
  const groups = VERSION.exec(gitTag)?.groups;
  return groups !== undefined && groups.prerelease === undefined;
}

/** Of a pre-release only the whole version: `1.2` and `1` stay with what is released. */
function versionValues(gitTag: string): ImageTagValues {
  const { major, minor, patch } = VERSION.exec(gitTag)?.groups ?? {};
  if (major === undefined || minor === undefined || patch === undefined) return {};
  const version = replaceUnfit(gitTag.replace(/^v/, ""));
  return isStableVersion(gitTag) ? { version, major, minor, patch } : { version };
}
