import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts } from "./facts.ts";

const LINES = 3;

/** Says what is known of a failure that no rule knows. */
export function diagnoseUnknown({ evidence, finalWords, step }: Facts): Diagnosis {
  const { exitCode, reason, message, log, warnings } = evidence;
  const end = [
    ...(exitCode === undefined ? [] : [`exit code ${exitCode}`]),
    ...(reason === undefined ? [] : [`reason ${reason}${message ? ` (${message})` : ""}`]),
  ].join(", ");
  const lines = log.filter((line) => line.trim() !== "").slice(-LINES);
  const words = finalWords === "" ? lines.map(code).join(" ") : code(finalWords);
  const warning = warnings.at(-1);
  return {
    class: "permanent",
    code: "unknown",
    title:
      end === ""
        ? "The build failed"
        : `The build failed with ${exitCode === undefined ? reason : `exit code ${exitCode}`}`,
    cause: [
      end === "" ? "The build ended without an image." : `The build ended with ${end}.`,
      ...(words === "" ? [] : [`The log ends with: ${words}`]),
      ...(warning === undefined ? [] : [`The cluster warned: ${code(warning)}`]),
    ].join(" "),
    remedy: "See the end of the log for what the build said last.",
    ...step,
  };
}
