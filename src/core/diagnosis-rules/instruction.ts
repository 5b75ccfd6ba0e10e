import type { Diagnosis } from "../diagnosis.ts";
import type { Instruction } from "../dockerfile.ts";
import { outOfMemory } from "./cluster-end.ts";
import { noSpace } from "./context.ts";
import { code, type Facts, short, stepOf } from "./facts.ts";
import { runFailed, runNotStarted } from "./run.ts";

const IN_STAGE = "error building stage: ";
const NO_SPACE = /no space left on device/i;
/** The second is what a shell says that takes the program for a script. */
const EXEC_FORMAT = /exec format error|: line 1: \W*ELF/i;
const SOURCE_MISSING =
  /failed to get fileinfo for \/kaniko\/buildcontext\/(\S+?): lstat|lstat \/kaniko\/buildcontext\/(\S+): no such file/;

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
  const [, ...sources] = SOURCE_MISSING.exec(finalWords) ?? [];
  const source = sources.find(Boolean);
  if (source !== undefined) return sourceMissing(facts, source);
  return step?.step !== undefined && /^RUN\s/i.test(step.step) ? runNotStarted(facts, step.step) : undefined;
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

function sourceMissing({ instructions }: Facts, source: string): Diagnosis {
  const copies = instructions.filter(
    ({ keyword, text }) =>
      /^(?:COPY|ADD)$/.test(keyword) && !text.includes("--from=") && namesSource(text, source),
  );
  return {
    class: "permanent",
    code: "copy-source-missing",
    title: `${short(source)} is not in the build context`,
    cause: `The Dockerfile copies ${code(source)}, and the build context has no such file.`,
    remedy:
      "Push the file, or correct its path: it is looked for from the root of the repository, or from the image's `context` in `.pushwright.yml`. See also that no `.dockerignore` leaves it out. What is not committed, such as the output of a build on your machine, has to be made in the Dockerfile.",
    ...(copies[0] && copies.length === 1 ? stepOf(copies[0]) : {}),
  };
}

function namesSource(text: Instruction["text"], source: string): boolean {
  return text.split(/[\s,"[\]]+/).some((word) => word.replace(/^(?:\.?\/)+|\/+$/g, "") === source);
}
