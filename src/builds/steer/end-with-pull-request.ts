import type { PullRequestEvent } from "../../core/forge-event.ts";
import type { BuildPorts } from "../build-ports.ts";
import type { Occurrence } from "../occurrence.ts";
import { UNFINISHED } from "../unfinished.ts";
import { cancelBuild } from "./cancel-build.ts";

/** Builds that only the closed pull request wanted are ended, and those that waited for approval need none any more. */
export async function endWithPullRequest(
  ports: BuildPorts,
  { repository, pullRequest, sender }: PullRequestEvent,
  { acceptedAt }: Occurrence,
): Promise<void> {
  const filter = { repository, pullRequest: pullRequest.number, states: UNFINISHED };
  const { builds } = await ports.history.list(filter, { size: 200 });
  for (const build of builds)
    await cancelBuild(ports, build, { reason: "closed", by: sender.login, at: acceptedAt });
}
