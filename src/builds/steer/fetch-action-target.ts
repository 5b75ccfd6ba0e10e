import type { Build } from "../../core/build.ts";
import type { CheckActionEvent } from "../../core/forge-event.ts";
import { refOfBuild } from "./ref-of-build.ts";
import { fetchCommit, type Target, type TargetPorts } from "./target.ts";

const MOST = 200;

/** What a button is about, and the build whose check it is on. A string says why nothing can be done. */
export async function fetchActionTarget(
  ports: TargetPorts,
  event: CheckActionEvent,
): Promise<{ target: Target; pressed: Build | undefined } | string> {
  const { repository, target } = event;
  if (target.kind === "commit")
    return { target: await fetchCommit(ports, event, target.commit), pressed: undefined };
  const pressed = await ports.history.get(target.id);
  if (!pressed) return `build ${target.id} is not known any more`;
  const { commit } = pressed.request;
  const { builds } = await ports.history.list({ repository, commit }, { size: MOST });
  return { target: { commit, ref: await refOfBuild(ports, pressed), builds }, pressed };
}
