import type { Build, BuildWant, Cancellation } from "../../core/build.ts";
import { wantsOf } from "../../core/build-wants.ts";
import type { BuildPorts } from "../build-ports.ts";
import { cancelBuild } from "../steer/cancel-build.ts";
import { inTurnOfWants } from "./in-turn-of-wants.ts";

/** Ends the wants that `isOver` names; and the build, if there is no other. */
export function endWant(
  ports: BuildPorts,
  { request: { id } }: Build,
  isOver: (want: BuildWant) => boolean,
  cancellation: Cancellation,
): Promise<void> {
  return inTurnOfWants(ports.inTurn, id, async () => {
    const build = await ports.history.get(id);
    if (!build || build.state === "completed") return;
    const wants = wantsOf(build).map((want): BuildWant => (isOver(want) ? { ...want, isOver: true } : want));
    await ports.history.change(id, { wants });
    if (wants.every((want) => want.isOver)) await cancelBuild(ports, build, cancellation);
  });
}
