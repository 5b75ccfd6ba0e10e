import type { Build, Cancellation } from "../../core/build.ts";
import { diagnoseCancellation } from "../../core/diagnose-cancellation.ts";
import type { BuildPorts } from "../build-ports.ts";
import { inTurnOfApproval } from "../in-turn-of-approval.ts";
import { endUnheld } from "./end-unheld.ts";

/**
 * Asks for the end of a build that is not done. Whoever holds it sees to that, and one that waits for its next try is held
 * again at once for it; one that waits for approval is held by nobody, and ended here.
 */
export async function cancelBuild(
  ports: BuildPorts,
  { request: { id } }: Build,
  cancellation: Cancellation,
): Promise<void> {
  await ports.history.cancel(id, cancellation);
  await ports.builds.hasten(id);
  await inTurnOfApproval(ports.inTurn, id, async () => {
    const build = await ports.history.get(id);
    if (build?.state === "waiting-for-approval" && build.cancellation)
      await endUnheld(ports, build, { outcome: "cancelled", diagnosis: diagnoseCancellation(build) });
  });
}
