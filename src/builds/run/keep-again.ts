import type { BuildRequest, BuildResult } from "../../core/build.ts";
import type { BuildPorts } from "../build-ports.ts";
import { fetchRealBuild } from "../fetch-real-build.ts";
import { inTurnOfApproval } from "../in-turn-of-approval.ts";
import type { Keeper } from "./keeper.ts";

/** Publishes a result that the queue holds already: it came with the request, or could not be published before. */
export async function keepAgain(
  { history, inTurn }: Pick<BuildPorts, "history" | "inTurn">,
  request: BuildRequest,
  result: BuildResult,
  keeper: Keeper,
): Promise<void> {
  const { id } = request;
  if (await fetchRealBuild(history, request, result.outcome))
    await history.change(id, { state: "completed", result });
  else if (result.outcome === "action-required") await inTurnOfApproval(inTurn, id, waitForApproval);
  else await keeper.keep(result);

  /** Unless somebody approved it by now, or it is not wanted any more. */
  async function waitForApproval(): Promise<void> {
    const known = await history.get(id);
    if (known?.state === "completed") return;
    await (known?.cancellation ? keeper.cancel(known.cancellation) : keeper.keep(result));
  }
}
