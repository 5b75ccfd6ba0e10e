import type { Repository } from "../../core/repository.ts";
import type { PathPart } from "./api-path.ts";

/** The repository, as paths of Gitea's API begin. */
export function placeOf({ owner, name }: Repository): PathPart[] {
  return ["repos", owner, name];
}
