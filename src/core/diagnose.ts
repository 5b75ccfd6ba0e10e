// Placeholder until the real one is written.
import type { BuildEvidence } from "./build-evidence.ts";
import type { Diagnosis } from "./diagnosis.ts";
export function diagnose(evidence: BuildEvidence, _dockerfile?: string): Diagnosis {
  return {
    class: "permanent",
    code: "unknown",
    title: "failed",
    cause: JSON.stringify(evidence),
    remedy: "",
  };
}
