import type { Diagnosis } from "../diagnosis.ts";
import type { Instruction } from "../dockerfile.ts";
import { outOfMemory } from "./cluster-end.ts";
import { noSpace } from "./context.ts";
import { code, type Facts, short, stepOf } from "./facts.ts";

const IN_STAGE = "error building stage: ";
const NO_SPACE = /no space left on device/i;
/** The second is what a shell says that takes the program for a script. */
const EXEC_FORMAT = /exec format error|: line 1: \W*ELF/i;
const SOURCE_MISSING =
  /failed to get fileinfo for \/kaniko\/buildcontext\/(\S+?): lstat|lstat \/kaniko\/buildcontext\/(\S+): no such file/;

/** An instruction of the Dockerfile that failed. */
export function diagnoseInstruction(facts: Facts): Diagnosis | undefined {
  const { finalWords, lastOutput, step } = facts;
  const spaceWords = [finalWords, lastOutput].find((words) => NO_SPACE.test(words)) ?? lastSpaceWords(facts);
  if (spaceWords) return { ...noSpace(spaceWords), ...step };
  if (!finalWords.includes(IN_STAGE)) return undefined;
  if (EXEC_FORMAT.test(finalWords) || EXEC_FORMAT.test(lastOutput)) return execFormat(facts);
  const [, ...sources] = SOURCE_MISSING.exec(finalWords) ?? [];
  const source = sources.find(Boolean);
  if (source !== undefined) return sourceMissing(facts, source);
  if (finalWords.endsWith("signal: killed")) return outOfMemory(facts, "likely");
  return step?.step !== undefined && /^RUN\s/i.test(step.step) ? runFailed(facts, step.step) : undefined;
}

/** A command may say more after it has met a full disk. */
function lastSpaceWords({ evidence, finalWords }: Facts): string | undefined {
  return finalWords.includes("waiting for process to exit")
    ? evidence.log.slice(-10).find((line) => NO_SPACE.test(line))
    : undefined;
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

function runFailed({ evidence, finalWords, lastOutput, step }: Facts, run: string): Diagnosis {
  const { exitCode } = evidence;
  const base = { class: "permanent", ...step } as const;
  const said = lastOutput === "" ? "" : ` Its last words: ${code(lastOutput)}`;
  if (/fork\/exec \S+: no such file or directory/.test(finalWords)) {
    return {
      ...base,
      code: "run-failed",
      title: `${short(run)} could not start`,
      cause: `There is no such program in the image: ${code(finalWords.replace(/^.*fork\/exec /, ""))}.`,
      remedy:
        "`RUN` in its usual form needs `/bin/sh` in the image: images like `scratch` have none. Run such commands in an earlier stage.",
    };
  }
  if (finalWords.includes("waiting for process to exit: exit status")) {
    return {
      ...base,
      code: "run-failed",
      title: `${short(run)} failed with exit code ${exitCode ?? "unknown"}`,
      cause: `${code(run)} ended with exit code ${exitCode ?? "unknown"}${hintOf(exitCode)}.${said}`,
      remedy:
        "See the end of the log for what the command said. The same command should fail the same way in a container of the base image on your machine.",
    };
  }
  return {
    ...base,
    code: "run-failed",
    title: `${short(run)} failed`,
    cause: `Kaniko says: ${code(finalWords.slice(finalWords.indexOf(IN_STAGE) + IN_STAGE.length))}.${said}`,
    remedy: "See the end of the log.",
  };
}

/** https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02 */
function hintOf(exitCode: number | undefined): string {
  if (exitCode === 127) return ", which a shell gives for a command that it cannot find";
  if (exitCode === 126) return ", which a shell gives for a file that it may not execute";
  return "";
}
