import type { Build, BuildRequest, BuildWant } from "../../core/build.ts";
import { lineOf, wantsOf } from "../../core/build-wants.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import type { BuildPorts } from "../build-ports.ts";
import { listBuilds } from "../list-builds.ts";
import { UNFINISHED } from "../unfinished.ts";
import { endWant } from "../wants/end-want.ts";

/** A build, and since when its commit is the one that the branch or pull request is at. */
type Rival = { build: Build; pushedAt: number };

/**
 * Ends older builds of the same image for the same branch, or the same pull request; or this one, when a newer commit's
 * event was dealt with first.
 */
export async function supersede(ports: BuildPorts, { request, end }: DecidedBuild): Promise<void> {
  const { repository, image, commit, branch, gitTag, pullRequest, pushedAt } = request;
  // A Git tag stays, and what is not built takes nothing's place.
  const hasLine = gitTag === undefined && (branch !== undefined || pullRequest !== undefined);
  if (!hasLine || (end && end.outcome !== "action-required")) return;
  const line = lineOf(request);
  const filter = { repository, imagePath: image.path, states: UNFINISHED };
  let newest: Rival = { build: { request, state: "queued" }, pushedAt };
  for await (const build of listBuilds(ports.history, filter)) {
    const want = wantsOf(build).find((one) => one.line === line);
    if (!want || build.request.commit === commit) continue;
    // Also what is over by an earlier try, which may have died before it ended the build.
    if (want.pushedAt < pushedAt) await endFor(build, request, pushedAt);
    else if (want.pushedAt > newest.pushedAt && !want.isOver) newest = { build, pushedAt: want.pushedAt };
  }
  if (newest.pushedAt === pushedAt) return;
  const own = await ports.history.get(request.id);
  if (own) await endFor(own, newest.build.request, newest.pushedAt);

  /** `since`: what came to the line before that is over. */
  function endFor(build: Build, by: BuildRequest, since: number): Promise<void> {
    const isOver = (want: BuildWant) => want.line === line && want.pushedAt < since && want.mayBeSuperseded;
    const cancellation = { reason: "superseded", by: by.trigger.by, commit: by.commit, at: since } as const;
    return endWant(ports, build, isOver, cancellation);
  }
}
