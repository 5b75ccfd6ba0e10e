import { boundText } from "../bound-text.ts";
import type { BuildEvidence } from "../build-evidence.ts";
import { codeFence } from "../code-fence.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { findInstruction, type Instruction, parseDockerfile } from "../dockerfile.ts";

/** What the rules look at. */
export type Facts = {
  evidence: BuildEvidence;
  instructions: readonly Instruction[];
  /** The sentence that Kaniko ended with, or `""`. */
  finalWords: string;
  /** What the build printed just before that, or `""`. */
  lastOutput: string;
  /** The instruction that Kaniko began with last. */
  step: Step | undefined;
};

/** An instruction may be a program of its own. */
const MAX_STEP = 4096;

export type Step = Pick<Diagnosis, "step" | "line">;

const FINAL_WORDS = /^(?:error (?:building|pushing) image: |error checking push permissions |Error: )/;
/** What Kaniko itself says between two instructions. */
const KANIKO_WORDS = /^(?:Running: \[|Args: \[|Cmd: |Taking snapshot of )/;

export function factsOf(evidence: BuildEvidence, dockerfile: string | undefined): Facts {
  const instructions = dockerfile === undefined ? [] : parseDockerfile(dockerfile);
  const { log, step } = evidence;
  const final = log.findLastIndex((line) => FINAL_WORDS.test(line));
  const before = log.slice(0, final < 0 ? undefined : final).findLast((line) => line.trim() !== "") ?? "";
  return {
    evidence,
    instructions,
    finalWords: log[final] ?? "",
    lastOutput: KANIKO_WORDS.test(before) || before === step ? "" : before,
    step: step === undefined ? undefined : stepOf(findInstruction(instructions, step) ?? { text: step }),
  };
}

export function stepOf({ text, line }: { text: string; line?: number }): Step {
  const step = boundText(text, MAX_STEP);
  return line === undefined ? { step } : { step, line };
}

/** Inline code of markdown. */
export function code(text: string): string {
  const shown = boundText(text.replace(/\s+/g, " ").trim(), 300);
  const fence = codeFence(shown, 1);
  return fence.length === 1 ? `\`${shown}\`` : `${fence} ${shown} ${fence}`;
}

/** For the title's one line. */
export function short(text: string): string {
  return boundText(text.replace(/\s+/g, " ").trim(), 80);
}
