import type { PullRequestEvent } from "../../core/forge-event.ts";
import { isLate } from "../../core/is-late.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";

/**
 * Why an event that comes late tells of what is so no more; undefined when it still is. The forge is asked how the pull
 * request stands: an older head must not end the builds of a newer one.
 */
export async function whyOutdated(
  { forgeOf }: Pick<BuildPorts, "forgeOf">,
  { repository, action, pullRequest: { number, commit }, changedAt }: PullRequestEvent,
  { acceptedAt }: Occurrence,
): Promise<string | undefined> {
  if (changedAt === undefined || !isLate(changedAt, acceptedAt)) return undefined;
  const now = await forgeOf(repository).fetchPullRequest(repository, number);
  if (action === "closed") return now.isOpen ? "the pull request was opened again since" : undefined;
  if (!now.isOpen) return "the pull request was closed since";
  return now.commit === commit ? undefined : "the pull request has another head by now";
}
