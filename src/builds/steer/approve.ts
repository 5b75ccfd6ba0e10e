import type { Build } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";
import { inTurnOfApproval } from "../in-turn-of-approval.ts";
import type { Occurrence } from "../occurrence.ts";
import { type Asked, type Asker, askAgain } from "./ask-again.ts";
import type { Target } from "./target.ts";

/** Builds a fork's commit because somebody approved it; what waited for that has its build now. */
export async function approve(
  ports: BuildPorts,
  asker: Asker,
  target: Target,
  waiting: Build[],
  occurrence: Occurrence,
): Promise<Asked[] | string> {
  const wish = { images: "all", noCache: false, always: true, approvedBy: asker.trigger.by } as const;
  const asked = await askAgain(ports, asker, target, wish, occurrence);
  if (typeof asked !== "string")
    for (const { request } of waiting)
      await inTurnOfApproval(ports.inTurn, request.id, () =>
        ports.history.change(request.id, { state: "completed" }),
      );
  return asked;
}
