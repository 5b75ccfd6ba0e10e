import type { Build, BuildRequest, LaterTag } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";
import { tagInTurn } from "./tag-in-turn.ts";

/**
 * A build that is known already also gets the tags of a later push of the same commit: of another branch, or of the same
 * one that went back to it. A build that ends meanwhile looks once more for such tags after it has kept its result, and
 * here the result is looked for after the tags are kept: one of the two sees the other.
 */
export async function wishForTags(
  ports: Pick<BuildPorts, "history" | "registry" | "pull" | "inTurn">,
  request: BuildRequest,
): Promise<void> {
  const known = await ports.history.get(request.id);
  const wishes = known ? newWishes(known, request) : [];
  if (!known || wishes.length === 0) return;
  const laterTags = [...(known.laterTags ?? []), ...wishes];
  const changed = await ports.history.change(request.id, { laterTags });
  if (changed?.result?.outcome === "success")
    await tagInTurn(ports, changed, changed.result, changed.result.image);
}

function newWishes(known: Build, { image, branch, pushedAt, acceptedAt }: BuildRequest): LaterTag[] {
  if (acceptedAt === known.request.acceptedAt) return [];
  const has = new Map<string, number>(
    known.request.image.tags.map(({ name }) => [name, known.request.pushedAt]),
  );
  for (const later of known.laterTags ?? []) has.set(later.name, later.pushedAt);
  return image.tags
    .filter(({ name, moves }) => !has.has(name) || (moves && pushedAt > (has.get(name) ?? 0)))
    .map((wish) => ({ ...wish, pushedAt, ...(branch === undefined ? {} : { branch }) }));
}
