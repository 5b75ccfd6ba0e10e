import type { BuildEvidence } from "./build-evidence.ts";
import type { Diagnosis } from "./diagnosis.ts";
import { diagnoseBaseImage } from "./diagnosis-rules/base-image.ts";
import { diagnoseBuilderFlag } from "./diagnosis-rules/builder-flag.ts";
import { diagnoseClusterEnd } from "./diagnosis-rules/cluster-end.ts";
import { diagnoseContext } from "./diagnosis-rules/context.ts";
import { factsOf } from "./diagnosis-rules/facts.ts";
import { diagnoseInstruction } from "./diagnosis-rules/instruction.ts";
import { diagnoseMissingRight } from "./diagnosis-rules/missing-right.ts";
import { diagnosePush } from "./diagnosis-rules/push.ts";
import { diagnoseSyntax } from "./diagnosis-rules/syntax.ts";
import { diagnoseUnknown } from "./diagnosis-rules/unknown.ts";
import type { SentContext } from "./sent-context.ts";

/** The first that knows the failure words it. */
const RULES = [
  diagnoseClusterEnd,
  diagnoseBuilderFlag,
  diagnoseContext,
  diagnoseSyntax,
  diagnosePush,
  diagnoseBaseImage,
  diagnoseMissingRight,
  diagnoseInstruction,
];

/** Explains a build that brought no image. `sent`: its context, or its Dockerfile's text, as far as it is known. */
export function diagnose(evidence: BuildEvidence, sent: SentContext | string = {}): Diagnosis {
  const facts = factsOf(evidence, typeof sent === "string" ? { dockerfile: sent } : sent);
  for (const rule of RULES) {
    const diagnosis = rule(facts);
    if (diagnosis) return diagnosis;
  }
  return diagnoseUnknown(facts);
}
