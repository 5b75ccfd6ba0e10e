import type { Build, BuildRequest } from "../../core/build.ts";
import { reachedBy, wantOf, wantsOf } from "../../core/build-wants.ts";
import type { BuildPorts } from "../build-ports.ts";
import { showTags } from "../tags/show-tags.ts";
import { wishedTags } from "../tags/wished-tags.ts";
import { inTurnOfWants } from "./in-turn-of-wants.ts";

/**
 * One more push or pull request wants a build that is known: whoever wanted it first may go on to another commit, and it
 * is still wanted; and the tags that come with the newcomer are put on its image. `over`, changing nothing: the build was
 * ended before its time, or its image is removed by now, so that the newcomer needs another one.
 */
export async function joinBuild(ports: BuildPorts, request: BuildRequest): Promise<"joined" | "over"> {
  const { history, inTurn } = ports;
  const joined = await inTurnOfWants(inTurn, request.id, async () => {
    const known = await history.get(request.id);
    if (!known) return undefined;
    const want = wantOf(request);
    const isNew = (reachedBy(known, want.line) ?? Number.NEGATIVE_INFINITY) < want.pushedAt;
    const isSame = known.request.trigger.deliveryId === request.trigger.deliveryId;
    if ((known.isImageRemoved && !isSame) || (isNew && isEndedFor(known, request))) return "over";
    const others = wantsOf(known).filter(({ line }) => line !== want.line);
    const laterTags = wishedTags(known, request);
    const changes = { ...(isNew ? { wants: [...others, want] } : {}), ...(laterTags ? { laterTags } : {}) };
    return Object.keys(changes).length === 0 ? known : history.change(request.id, changes);
  });
  if (joined === "over") return "over";
  // The build's own event that comes again brings no tags that are not on it, or will be.
  const isOwn = joined?.request.trigger.deliveryId === request.trigger.deliveryId;
  if (joined && !isOwn && request.image.tags.length > 0) await showTags(ports, joined);
  return "joined";
}

/** A person's word stands against all that was pushed before it. */
function isEndedFor({ result, cancellation }: Build, { acceptedAt }: BuildRequest): boolean {
  const isEnded = result ? result.outcome === "cancelled" : cancellation !== undefined;
  return isEnded && !(cancellation?.reason === "asked" && acceptedAt <= cancellation.at);
}
