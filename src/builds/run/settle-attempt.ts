import { diagnose } from "../../core/diagnose.ts";
import type { Attempt } from "./attempt-build.ts";
import { awaitOverturn } from "./await-overturn.ts";
import type { Keeper } from "./keeper.ts";

/** Clears up once the cluster has told the build's end, and takes back a success that this contradicts. */
export async function settleAttempt(
  attempt: Attempt,
  clearUp: () => Promise<void>,
  keeper: Keeper,
  successKept: Promise<void>,
): Promise<void> {
  const evidence = await awaitOverturn(attempt);
  await clearUp();
  if (!evidence) return;
  // A success that is kept after the failure would take its place.
  await successKept;
  await keeper.end("failure", diagnose(evidence));
}
