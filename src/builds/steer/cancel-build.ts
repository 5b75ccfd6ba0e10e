import type { Build, Cancellation } from "../../core/build.ts";
import { diagnoseCancellation } from "../../core/diagnose-cancellation.ts";
import type { BuildPorts } from "../build-ports.ts";
import { endUnheld } from "./end-unheld.ts";

/**
 * Asks for the end of a build that is not done. Whoever holds it sees to that; one that waits for approval is held by
 * nobody, and ended here. False when it ends already for another reason, or has ended.
 */
export async function cancelBuild(
  ports: Pick<BuildPorts, "history" | "forgeOf" | "linkTo">,
  { request }: Build,
  cancellation: Cancellation,
): Promise<boolean> {
  const isNew = await ports.history.cancel(request.id, cancellation);
  const build = await ports.history.get(request.id);
  if (build?.state === "waiting-for-approval" && build.cancellation)
    await endUnheld(ports, build, { outcome: "cancelled", diagnosis: diagnoseCancellation(build) });
  return isNew;
}
