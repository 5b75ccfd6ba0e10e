import type { Diagnosis } from "../diagnosis.ts";
import { outOfMemory } from "./cluster-end.ts";
import { noSpace } from "./context.ts";
import { diagnoseCopy } from "./copy.ts";
import { code, type Facts } from "./facts.ts";
import { diagnoseByWords, instructionFailed } from "./instruction-words.ts";
import { runFailed, runNotStarted } from "./run.ts";

const IN_STAGE = "error building stage: ";
const NO_SPACE = /no space left on device/i;
/** The second is what a shell says that takes the program for a script. */
const EXEC_FORMAT = /exec format error|: line 1: \W*ELF/i;

/** An instruction of the Dockerfile that failed. */
export function diagnoseInstruction(facts: Facts): Diagnosis | undefined {
  const { commandEnd, finalWords, lastOutput, step } = facts;
  if (!finalWords.includes(IN_STAGE)) return undefined;
  // What a command prints may say what was wrong with it, and never that it deserves another try.
  if (commandEnd !== undefined && EXEC_FORMAT.test(lastOutput)) return execFormat(facts);
  if (commandEnd === "signal: killed") return outOfMemory(facts, "likely");
  if (commandEnd !== undefined) return runFailed(facts);
  if (NO_SPACE.test(finalWords)) return { ...noSpace(finalWords), ...step };
  if (EXEC_FORMAT.test(finalWords)) return execFormat(facts);
  const known = diagnoseCopy(facts) ?? diagnoseByWords(facts);
  if (known) return known;
  const isRun = step?.step !== undefined && /^RUN\s/i.test(step.step);
  return isRun ? runNotStarted(facts, step?.step ?? "") : instructionFailed(facts);
}

function execFormat({ step }: Facts): Diagnosis {
  const what = step?.step === undefined ? "A program" : `A program that ${code(step.step)} runs`;
  return {
    class: "permanent",
    code: "exec-format-error",
    title: "A program is made for another kind of processor",
    cause: `${what} cannot run on the node's processor (\`exec format error\`): it is built for another architecture, such as arm64 on an amd64 node, or it is no program at all.`,
    remedy: "Use a base image and programs for the architecture of the cluster's nodes.",
    ...step,
  };
}
