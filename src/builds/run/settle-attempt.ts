import { diagnose } from "../../core/diagnose.ts";
import type { Attempt } from "./attempt-build.ts";
import type { Keeper } from "./keeper.ts";

/** The registry's word is taken before the cluster's; should the two differ, the cluster's stands. */
export async function settleAttempt(
  { settled }: Attempt,
  clearUp: () => Promise<void>,
  keeper: Keeper,
): Promise<void> {
  const outcome = await settled.catch(() => undefined); // Let go of by now: there is an image, so clear up.
  await clearUp();
  const isOverturned = outcome && "evidence" in outcome && outcome.evidence.exitCode !== undefined;
  if (isOverturned) await keeper.end("failure", diagnose(outcome.evidence));
}
