import type { BuildResult } from "../../core/build.ts";
import { BuildFault, isPermanent } from "../../core/build-fault.ts";
import type { Diagnosis } from "../../core/diagnosis.ts";
import { isFollowedByTry } from "./further-try.ts";

/** What a failed try comes to: a setback before the next one, or the build's end. `age`: milliseconds since the push. */
export function decideFailure(
  error: unknown,
  tryNumber: number,
  age: number,
):
  | { setback: string }
  | { outcome: Extract<BuildResult["outcome"], "failure" | "neutral">; diagnosis: Diagnosis } {
  if (isFollowedByTry(error, tryNumber, age)) {
    const setback = `Try ${tryNumber} failed, and the build will be tried again. ${describe(error)}`;
    return { setback };
  }
  const diagnosis = diagnosisOf(error, tryNumber);
  return { outcome: diagnosis.code === "nothing-to-build" ? "neutral" : "failure", diagnosis };
}

/** The words for an error after which there is no further try. */
function diagnosisOf(error: unknown, tryNumber: number): Diagnosis {
  if (isPermanent(error)) return error.diagnosis;
  const remedy = `The build was tried ${tryNumber} times and is given up. Comment \`/build\`, or re-run the check, once the cause is gone; whoever runs Pushwright finds more in its log.`;
  if (error instanceof BuildFault) return { ...error.diagnosis, remedy };
  const title = "Pushwright could not run the build";
  return { class: "transient", code: "internal-error", title, cause: describe(error), remedy };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
