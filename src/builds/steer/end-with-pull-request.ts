import { pullRequestLine, wantsOf } from "../../core/build-wants.ts";
import type { PullRequestEvent } from "../../core/forge-event.ts";
import type { BuildPorts } from "../build-ports.ts";
import { listBuilds } from "../list-builds.ts";
import type { Occurrence } from "../occurrence.ts";
import { UNFINISHED } from "../unfinished.ts";
import { endWant } from "../wants/end-want.ts";

/** Builds that only the closed pull request wanted are ended, and those that waited for approval need none any more. */
export async function endWithPullRequest(
  ports: BuildPorts,
  { repository, pullRequest, sender }: PullRequestEvent,
  { acceptedAt }: Occurrence,
): Promise<void> {
  const line = pullRequestLine(pullRequest.number);
  for await (const build of listBuilds(ports.history, { repository, states: UNFINISHED })) {
    const isOver = (want: { line: string; pushedAt: number }) =>
      want.line === line && want.pushedAt < acceptedAt;
    if (wantsOf(build).some(isOver))
      await endWant(ports, build, isOver, { reason: "closed", by: sender.login, at: acceptedAt });
  }
}
