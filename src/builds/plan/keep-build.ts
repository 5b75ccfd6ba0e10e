import type { BuildRequest } from "../../core/build.ts";
import { buildIdOf } from "../../core/build-id.ts";
import type { DecidedBuild } from "../../core/decision.ts";
import type { BuildPorts } from "../build-ports.ts";
import { wishForTags } from "../tags/wish-for-tags.ts";

export type KeptBuild = { request: BuildRequest; was: "new" | "known" };

/**
 * Keeps a decided build in the history, then in the queue: the next try queues one that is in the history alone. A build
 * that is known is not run again, unless it was cancelled before it was done and is wanted once more.
 */
export async function keepBuild(ports: BuildPorts, decided: DecidedBuild): Promise<KeptBuild> {
  const hidden = await findHidden(ports, decided);
  if (hidden) return { request: hidden, was: "known" };
  const first = await keep(ports, decided);
  if (first.was === "new") return first;
  const known = await ports.history.get(first.request.id);
  const cancelled = known?.cancellation;
  if (cancelled && decided.request.acceptedAt > cancelled.at)
    return keep(ports, { ...decided, request: onceMore(decided.request) });
  await wishForTags(ports, decided.request);
  return first;
}

/** What a check that nothing is built would hide: the same commit's and image's build, which another event wanted. */
async function findHidden(
  { history }: BuildPorts,
  { request, end }: DecidedBuild,
): Promise<BuildRequest | undefined> {
  if (end?.outcome !== "skipped") return undefined;
  const { repository, commit, gitTag, image } = request;
  const real = await history.get(buildIdOf({ repository, commit, gitTag, imagePath: image.path }));
  return real?.request;
}

async function keep({ history, builds }: BuildPorts, { request, end }: DecidedBuild): Promise<KeptBuild> {
  const { repository, acceptedAt } = request;
  const added = await history.add({ request, state: "queued" });
  // Behind what its repository has in the queue, before the tenth build of another one.
  const priority = await history.count({ repository, states: ["queued"] }, acceptedAt);
  const queued = await builds.enqueue(request, { priority, ...(end ? { end } : {}) });
  return { request, was: added === "known" && queued === "known" ? "known" : "new" };
}

function onceMore(request: BuildRequest): BuildRequest {
  const occasion = request.trigger.deliveryId;
  const id = buildIdOf({ ...request, imagePath: request.image.path, occasion });
  return { ...request, id, occasion, attempt: request.attempt + 1 };
}
