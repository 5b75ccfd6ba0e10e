import { type BuildRequest, buildIdOf } from "./build.ts";
import type { ForgeEvent } from "./forge-event.ts";

const DOCKERFILE = "Dockerfile";

/** The build that an event asks for. `acceptedAt` is in milliseconds since 1970. */
export function decideBuild(event: ForgeEvent, acceptedAt: number): BuildRequest {
  const { repository, commit, sender, deliveryId } = event;
  const ref = event.kind === "tag" ? { gitTag: event.gitTag } : { branch: event.branch };
  const attempt = 1;
  const id = buildIdOf({ repository, commit, attempt, ...ref });
  return { id, repository, commit, ...ref, attempt, dockerfile: DOCKERFILE, sender, deliveryId, acceptedAt };
}
