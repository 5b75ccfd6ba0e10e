import type { BuildRequest } from "../../core/build.ts";
import { buildIdOf } from "../../core/build-id.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import type { BuildPorts } from "../build-ports.ts";
import { fetchRealBuild } from "../fetch-real-build.ts";
import { isAskedByPerson } from "../is-asked-by-person.ts";
import { joinBuild } from "../wants/join-build.ts";

export type KeptBuild = { request: BuildRequest; was: "new" | "known" };

/**
 * Keeps a decided build in the history, then in the queue: the next try queues one that is in the history alone. A build
 * that is known is not run again, unless it was ended before it was done and is wanted once more.
 */
export async function keepBuild(ports: BuildPorts, decided: DecidedBuild): Promise<KeptBuild> {
  const real = await fetchRealBuild(ports.history, decided.request, decided.end?.outcome);
  if (real) return { request: real.request, was: "known" };
  let request = decided.request;
  for (let again = 1; ; again += 1) {
    const { isFirst, ...kept } = await keep(ports, { ...decided, request });
    if (isFirst || isAskedByPerson(request)) return kept;
    if ((await joinBuild(ports, request)) === "joined") return kept;
    request = onceMore(decided.request, again);
  }
}

async function keep(
  { history, builds }: BuildPorts,
  { request, end }: DecidedBuild,
): Promise<KeptBuild & { isFirst: boolean }> {
  const state = end?.outcome === "action-required" ? "waiting-for-approval" : "queued";
  const isFirst = (await history.add({ request, state })) === "added";
  // The queue forgets what is done sooner than the history does, and would run it again.
  const isDone = !isFirst && (await history.get(request.id))?.state === "completed";
  if (isDone) return { request, isFirst, was: "known" };
  // Behind what its repository has in the queue, before the tenth build of another one.
  const ahead = { repository: request.repository, states: ["queued"] as const };
  const priority = await history.count(ahead, request.acceptedAt);
  const queued = await builds.enqueue(request, { priority, ...(end ? { end } : {}) });
  return { request, isFirst, was: isFirst || queued === "queued" ? "new" : "known" };
}

function onceMore(request: BuildRequest, again: number): BuildRequest {
  const occasion = [request.occasion, `again-${again}`].filter((part) => part !== undefined).join("-");
  const id = buildIdOf({ ...request, imagePath: request.image.path, occasion });
  return { ...request, id, occasion, attempt: request.attempt + again };
}
