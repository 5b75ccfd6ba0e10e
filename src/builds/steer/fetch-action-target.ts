import type { Build } from "../../core/build.ts";
import type { CheckActionEvent } from "../../core/forge-event.ts";
import { repositoryKey } from "../../core/repository.ts";
import { refOfBuild } from "./ref-of-build.ts";
import { fetchBuilds, fetchCommit, type Target, type TargetPorts } from "./target.ts";

/** What a button is about, and the build whose check it is on. A string says why nothing can be done. */
export async function fetchActionTarget(
  ports: TargetPorts,
  event: CheckActionEvent,
): Promise<{ target: Target; pressed: Build | undefined } | string> {
  const { repository, target } = event;
  if (target.kind === "commit")
    return { target: await fetchCommit(ports, event, target.commit), pressed: undefined };
  const pressed = await ports.history.get(target.id);
  // Whoever may press the button in one repository need not have any right in another one.
  if (!pressed || repositoryKey(pressed.request.repository) !== repositoryKey(repository))
    return `build ${target.id} is not known any more`;
  const { commit } = pressed.request;
  const builds = await fetchBuilds(ports, repository, commit);
  return { target: { commit, ref: await refOfBuild(ports, pressed), builds }, pressed };
}
