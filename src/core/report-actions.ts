import type { Build } from "./build.ts";
import type { ReportAction } from "./report.ts";

/** GitHub takes three at most, with labels of 20 and descriptions of 40 characters. */
const CANCEL: ReportAction = { action: "cancel", label: "Cancel", description: "End this build" };
const APPROVE: ReportAction = {
  action: "approve",
  label: "Approve",
  description: "Build this one commit, without pushing",
};
const REBUILD: readonly ReportAction[] = [
  { action: "rebuild", label: "Rebuild", description: "Build this image once more" },
  { action: "rebuild-no-cache", label: "Rebuild, no cache", description: "Build it without the layer cache" },
];

/** The buttons that a build has in its state. */
export function reportActionsOf({ state, result, cancellation }: Build): ReportAction[] {
  if (state === "waiting-for-approval" || (state === "completed" && result?.outcome === "action-required")) {
    return [APPROVE];
  }
  if (state === "completed") return [...REBUILD];
  return cancellation ? [] : [CANCEL];
}
