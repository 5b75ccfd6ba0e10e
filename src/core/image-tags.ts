import type { CommitSha } from "./commit-sha.ts";

/** An image tag is at most 128 of `[A-Za-z0-9_.-]`, not starting with `.` or `-`. */
const MAX_LENGTH = 128;

/**
 * The image tags of a build: the full commit SHA first, then the Git tag's name made fit for a registry.
 * A Git tag whose name is itself a full SHA adds nothing, or it would take the place of another commit's image.
 */
export function imageTagsOf(commit: CommitSha, gitTag?: string): [string, ...string[]] {
  const fromGitTag = gitTag === undefined ? undefined : safeImageTag(gitTag);
  if (fromGitTag === undefined || /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(fromGitTag)) return [commit];
  return [commit, fromGitTag];
}

function safeImageTag(gitTag: string): string | undefined {
  const safe = gitTag
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[.-]+/, "")
    .slice(0, MAX_LENGTH);
  return safe === "" ? undefined : safe;
}
