import type { Diagnosis } from "../../diagnosis.ts";
import { formatDuration } from "../../format-duration.ts";
import { describeWish } from "../format-wish.ts";
import type { VerifiedImage, VerifyEvidence } from "../verify-evidence.ts";
import type { VerifyWish } from "../verify-wish.ts";

/** What the rules look at. */
export type Scene = { evidence: VerifyEvidence; wish: VerifyWish; image: VerifiedImage };

export type Rule = (scene: Scene) => Diagnosis | undefined;

export const OPERATOR = "This is for whoever runs Pushwright here to mend";

/** A failure that is the user's to mend. */
export function permanent(parts: Omit<Diagnosis, "class">): Diagnosis {
  return { class: "permanent", ...parts };
}

/** What was awaited, as a sentence of markdown. */
export function awaited({ wish }: Scene): string {
  return `Awaited within ${formatDuration(wish.timeoutSeconds * 1000)}: ${describeWish(wish).join("; ")}.`;
}

/** All that the runtime and the program said of why it did not run. */
export function wordsOf({ evidence }: Scene): string {
  const { message = "", log, warnings, hasRun } = evidence;
  return [message, ...log.slice(-3), ...(hasRun ? [] : warnings)].join("\n");
}
