import type { BuildRequest } from "../core/build.ts";

/** What a person asked for by a command or a button, and no push or pull request. */
export function isAskedByPerson({ trigger }: Pick<BuildRequest, "trigger">): boolean {
  return trigger.kind === "comment" || trigger.kind === "check-action";
}
