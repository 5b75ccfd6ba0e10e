import { boundText } from "../bound-text.ts";
import type { BuildEvidence } from "../build-evidence.ts";
import { codeFence } from "../code-fence.ts";
import { commandEndIn, isBorneOut } from "../command-end.ts";
import type { Diagnosis } from "../diagnosis.ts";
import { findInstruction, type Instruction, parseDockerfile } from "../dockerfile.ts";
import type { SentContext } from "../sent-context.ts";

/** What the rules look at. */
export type Facts = {
  evidence: BuildEvidence;
  instructions: readonly Instruction[];
  missing: NonNullable<SentContext["missing"]>;
  /** How the command of a `RUN` ended, if that ended the build. */
  commandEnd: string | undefined;
  /** The sentence that Kaniko ended with, or `""`. */
  finalWords: string;
  /** What the build printed just before that, or `""`. */
  lastOutput: string;
  /** The instruction that failed, or that Kaniko had come to. */
  step: Step | undefined;
};

/** An instruction may be a program of its own. */
const MAX_STEP = 4096;

export type Step = Pick<Diagnosis, "step" | "line">;

const FINAL_WORDS = /^error (?:building|pushing) image: /;
/** Kaniko says these before the first instruction, and commands may say them later. */
const FIRST_WORDS =
  /^(?:Error: |error checking push permissions|error building image: (?:error resolving source context|parsing dockerfile): )/;
const COMMAND_FAILED =
  "error building image: error building stage: failed to execute command: waiting for process to exit: ";
/** What Kaniko itself says between two instructions. */
const KANIKO_WORDS = /^(?:Running: \[|Args: \[|Cmd: |Taking snapshot of )/;
/** Kaniko's own, when it is not a command's: https://github.com/GoogleContainerTools/kaniko/blob/v1.24.0/cmd/executor/cmd/root.go */
const OWN_EXIT_CODE = 1;

export function factsOf(evidence: BuildEvidence, { dockerfile, missing = new Map() }: SentContext): Facts {
  const instructions = dockerfile === undefined ? [] : parseDockerfile(dockerfile);
  const { log, step } = evidence;
  const commandEnd = evidence.commandEnd ?? commandEndOf(evidence);
  const final = commandEnd === undefined ? ownEnd(evidence) : lastCommandEnd(log, commandEnd);
  const before = [...log.slice(0, final < 0 ? undefined : final), beginning(log[final] ?? "")];
  const lastOutput = before.findLast((line) => line.trim() !== "") ?? "";
  const at = commandEnd === undefined ? step : (evidence.run ?? step);
  return {
    evidence,
    instructions,
    missing,
    commandEnd,
    finalWords: commandEnd === undefined ? (log[final] ?? "") : COMMAND_FAILED + commandEnd,
    lastOutput: KANIKO_WORDS.test(lastOutput) || lastOutput === at ? "" : lastOutput,
    step: at === undefined ? undefined : stepOf(findInstruction(instructions, at) ?? { text: at }),
  };
}

function commandEndOf({ log, exitCode }: BuildEvidence): string | undefined {
  return log.map(commandEndIn).find((end): end is string => end !== undefined && isBorneOut(end, exitCode));
}

function lastCommandEnd(log: string[], commandEnd: string): number {
  return log.findLastIndex((line) => commandEndIn(line) === commandEnd);
}

/** What a command printed on the line that Kaniko's words then came on. */
function beginning(line: string): string {
  return line.slice(0, Math.max(0, line.indexOf(COMMAND_FAILED)));
}

/** Where Kaniko says why it failed, when that was no command. */
function ownEnd({ log, exitCode, step }: BuildEvidence): number {
  if (exitCode !== undefined && exitCode !== OWN_EXIT_CODE) return -1;
  return log.findLastIndex((line) => {
    if (FIRST_WORDS.test(line)) return step === undefined;
    return FINAL_WORDS.test(line) && commandEndIn(line) === undefined;
  });
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
