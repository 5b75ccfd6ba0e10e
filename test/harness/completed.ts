import type { GitHub } from "../fakes/github/github.ts";

/** A check run, once it is completed, of a commit; the latest one when there are several. */
export function completed(github: GitHub, sha: string, timeoutMs = 90_000) {
  return github.waitForCheckRun((run) => run.headSha === sha && run.status === "completed", timeoutMs);
}
