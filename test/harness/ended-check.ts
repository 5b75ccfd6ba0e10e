import type { GitHub } from "../fakes/github/github.ts";

type Which = { sha: string; name?: string; conclusion?: string };

/** The newest check run of the commit, of that name and with that conclusion if they are given, once it is completed. */
export function endedCheck(github: GitHub, { sha, name, conclusion }: Which, timeoutMs = 120_000) {
  return github.waitForCheckRun(
    (run) =>
      run.headSha === sha &&
      run.status === "completed" &&
      (name === undefined || run.name === name) &&
      (conclusion === undefined || run.conclusion === conclusion),
    timeoutMs,
  );
}
