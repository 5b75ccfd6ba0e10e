import type { Build } from "../../core/build.ts";
import type { CheckActionEvent } from "../../core/forge-event.ts";
import { repositoryKey } from "../../core/repository.ts";
import { refOfBuild } from "./ref-of-build.ts";
import { fetchBuilds, fetchCommit, pushedRefOf, type Target, type TargetPorts } from "./target.ts";

/** What a button is about; and the build whose check it is on, unless it is about all checks of a commit. */
export type ActionTarget = { targets: [Target, ...Target[]]; pressed: Build | undefined };

/** A string says why nothing can be done. */
export async function fetchActionTarget(
  ports: TargetPorts,
  event: CheckActionEvent,
): Promise<ActionTarget | string> {
  const { repository, target } = event;
  if (target.kind === "commit") {
    const found = await fetchCommit(ports, event, target.commit);
    return { targets: [found, ...tagsBesides(found)], pressed: undefined };
  }
  const pressed = await ports.history.get(target.id);
  // Whoever may press the button in one repository need not have any right in another one.
  if (!pressed || repositoryKey(pressed.request.repository) !== repositoryKey(repository))
    return `build ${target.id} is not known any more`;
  const { commit } = pressed.request;
  const builds = await fetchBuilds(ports, repository, commit);
  const own = await refOfBuild(ports, pressed);
  const ref = own.kind === "pull-request" ? pushedRefOf(own, builds) : own;
  return { targets: [{ commit, ref, builds }], pressed };
}

/** The Git tags of the commit have builds of their own. */
function tagsBesides({ ref, ...target }: Target): Target[] {
  const gitTags = new Set(target.builds.flatMap(({ request }) => request.gitTag ?? []));
  if (ref.kind === "tag") gitTags.delete(ref.gitTag);
  return [...gitTags].map((gitTag) => ({ ...target, ref: { kind: "tag", gitTag } }));
}
