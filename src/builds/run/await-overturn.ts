import type { BuildEvidence } from "../../core/build-evidence.ts";
import type { Attempt } from "./attempt-build.ts";

/**
 * The registry's word is taken before the cluster's; should the two differ, the cluster's stands. Resolves with its evidence
 * then, and else with nothing once it has said how the build ended, or will not say any more.
 */
export async function awaitOverturn({
  settled,
}: Pick<Attempt, "settled">): Promise<BuildEvidence | undefined> {
  const outcome = await settled.catch(() => undefined);
  const isOverturned = outcome && "evidence" in outcome && outcome.evidence.exitCode !== undefined;
  return isOverturned ? outcome.evidence : undefined;
}
