import type { BuildRequest, BuildResult } from "./build.ts";
import type { DecidedBuild } from "./decision.ts";

/** The result of a build that ended where it was decided: nothing ran, and no time went by. */
export function decidedResultOf(
  { acceptedAt }: Pick<BuildRequest, "acceptedAt">,
  end: NonNullable<DecidedBuild["end"]>,
): BuildResult {
  return { ...end, timings: { accepted: acceptedAt, finished: acceptedAt }, logTail: [] };
}
