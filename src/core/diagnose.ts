import type { BuildEvidence } from "./build-evidence.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { diagnoseBaseImage } from "./diagnosis-rules/base-image.ts";
import { diagnoseClusterEnd } from "./diagnosis-rules/cluster-end.ts";
import { diagnoseContext } from "./diagnosis-rules/context.ts";
import { factsOf } from "./diagnosis-rules/facts.ts";
import { diagnoseInstruction } from "./diagnosis-rules/instruction.ts";
import { diagnoseMissingRight } from "./diagnosis-rules/missing-right.ts";
import { diagnosePush } from "./diagnosis-rules/push.ts";
import { diagnoseSyntax } from "./diagnosis-rules/syntax.ts";
import { diagnoseUnknown } from "./diagnosis-rules/unknown.ts";

/** The first that knows the failure words it. */
const RULES = [
  diagnoseClusterEnd,
  diagnoseContext,
  diagnoseSyntax,
  diagnosePush,
  diagnoseBaseImage,
  diagnoseMissingRight,
  diagnoseInstruction,
];

/** Explains a build that brought no image. `dockerfile` is the Dockerfile's text, if it is known. */
export function diagnose(evidence: BuildEvidence, dockerfile?: string): Diagnosis {
  const facts = factsOf(evidence, dockerfile);
  for (const rule of RULES) {
    const diagnosis = rule(facts);
    if (diagnosis) return diagnosis;
  }
  return diagnoseUnknown(facts);
}
