import type { Build, BuildRequest } from "../../core/build.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import type { BuildFilter } from "../../history/history.ts";
import type { BuildPorts } from "../build-ports.ts";
import { cancelBuild } from "../steer/cancel-build.ts";
import { UNFINISHED } from "../unfinished.ts";

/**
 * Ends older builds of the same image for the same branch, or the same pull request; or this one, when a newer commit's
 * event was dealt with first.
 */
export async function supersede(ports: BuildPorts, { request, end }: DecidedBuild): Promise<void> {
  const filter = lineOf(request);
  // What a person asked for again is no newer commit, and what is not built takes nothing's place.
  if (!filter || request.occasion !== undefined || (end && end.outcome !== "action-required")) return;
  const { builds } = await ports.history.list({ ...filter, states: UNFINISHED }, { size: 200 });
  const others = builds.filter((build) => build.request.commit !== request.commit);
  for (const build of others.filter((other) => other.request.pushedAt < request.pushedAt))
    await endFor(ports, build, request);
  const newer = others.find((build) => build.request.pushedAt > request.pushedAt);
  const own = newer && (await ports.history.get(request.id));
  if (own) await endFor(ports, own, newer.request);
}

/** The builds that take each other's place; undefined for a Git tag, whose commit does not change. */
function lineOf({ repository, image, branch, pullRequest, gitTag }: BuildRequest): BuildFilter | undefined {
  const base = { repository, imagePath: image.path };
  if (pullRequest) return { ...base, pullRequest: pullRequest.number };
  return branch === undefined || gitTag !== undefined ? undefined : { ...base, branch };
}

async function endFor(ports: BuildPorts, build: Build, { commit, trigger }: BuildRequest): Promise<void> {
  if (!build.request.mayBeSuperseded) return;
  await cancelBuild(ports, build, { reason: "superseded", by: trigger.by, commit, at: Date.now() });
}
