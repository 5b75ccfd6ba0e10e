import type { Diagnosis } from "../diagnosis.ts";
import type { Instruction } from "../dockerfile.ts";
import { code, type Facts, type Step, short, stepOf } from "./facts.ts";
import { isPassing, registryTroubleIn } from "./registry-trouble.ts";

const IN_STAGE = /^.*?error building stage: (?:failed to execute command: )?/;
const NO_USER = /(?:user|group) (\S+) is not a [ug]id and does not exist/;
const NO_GROUP = /getting user group from chown: strconv\.ParseUint: parsing "([^"]+)"/;
const BAD_MODE = /getting permissions from chmod: .*parsing "([^"]+)"/;
const URL = /downloading remote source file: (.+)$/;
const ARCHIVE = /unpacking local tar: (.+)$/;
const VARIABLE = /failed to process "(.+)": (.+)$/;
const BASE_FILES = /failed to get filesystem from image: (.+)$/;
const NOT_FOLDER = /(?:lstat|mkdir|stat) (\S+): not a directory/;

type Words = Pick<Diagnosis, "code" | "title" | "cause" | "remedy"> & Partial<Diagnosis>;
type Rule = [RegExp, words: (found: string, rest: string, facts: Facts) => Words];

/** In Kaniko's words: https://github.com/GoogleContainerTools/kaniko/tree/v1.24.0/pkg/commands */
const RULES: Rule[] = [
  [NO_USER, (name, _, facts) => ({ ...unknownOwner(name), ...userStep(facts, name) })],
  [NO_GROUP, (name) => unknownOwner(name)],
  [
    BAD_MODE,
    (mode) => ({
      code: "instruction-failed",
      title: `${short(mode)} is no mode of a file`,
      cause: `\`--chmod=${mode}\` is not understood.`,
      remedy: "Write the mode as a number, such as `--chmod=755`.",
    }),
  ],
  [URL, (why) => download(why)],
  [
    ARCHIVE,
    (why) => ({
      code: "archive-unreadable",
      title: "An archive that ADD unpacks is damaged",
      cause: `\`ADD\` unpacks archives by itself, and could not: ${code(why)}.`,
      remedy: "See that the file in the repository is whole. `COPY` takes it as it is.",
    }),
  ],
  [VARIABLE, (part, why, facts) => ({ ...badVariable(part, why), ...partStep(facts, part) })],
  [
    NOT_FOLDER,
    (path) => ({
      code: "instruction-failed",
      title: `${short(path)} lies below a file`,
      cause: `The instruction would write to ${code(path)}, and the image has a file where a folder has to be.`,
      remedy: "Correct the destination, or remove the file in an earlier instruction.",
    }),
  ],
  [BASE_FILES, (why) => baseFiles(why)],
];

/** An instruction that Kaniko could not carry out, by what it says of it. */
export function diagnoseByWords(facts: Facts): Diagnosis | undefined {
  for (const [pattern, words] of RULES) {
    const [, found, rest = ""] = pattern.exec(facts.finalWords) ?? [];
    if (found !== undefined) return { class: "permanent", ...facts.step, ...words(found, rest, facts) };
  }
  return undefined;
}

/** Whatever else an instruction fails with. */
export function instructionFailed({ finalWords, step }: Facts): Diagnosis | undefined {
  if (step?.step === undefined) return undefined;
  return {
    class: "permanent",
    code: "instruction-failed",
    title: `${short(step.step)} failed`,
    cause: `Kaniko says: ${code(finalWords.replace(IN_STAGE, ""))}.`,
    remedy:
      "Correct the instruction. See also the end of the log. [Dockerfile reference](https://docs.docker.com/reference/dockerfile/)",
    ...step,
  };
}

function unknownOwner(name: string): Words {
  return {
    code: "unknown-user",
    title: `The image has no user or group ${short(name)}`,
    cause: `${code(name)} is no number, and the image's \`/etc/passwd\` or \`/etc/group\` does not name it.`,
    remedy: "Correct the name, make it in an earlier `RUN` (`adduser`, `addgroup`), or use its number.",
  };
}

/** Kaniko looks for the user when it runs a command: the `USER` before that names it. */
function userStep({ instructions, step }: Facts, name: string): Step {
  const names = ({ keyword, text }: Instruction) => keyword === "USER" && text.includes(name);
  const found = instructions.findLast((each) => names(each) && each.line <= (step?.line ?? 0));
  return found ? stepOf(found) : {};
}

function download(why: string): Words {
  const trouble = registryTroubleIn(why);
  return {
    class: trouble !== undefined && isPassing(trouble) ? "transient" : "permanent",
    code: "download-failed",
    title: "A file that ADD downloads cannot be had",
    cause: `Kaniko says: ${code(why)}.`,
    remedy:
      trouble === "dns"
        ? "Correct the address: its host is not known inside the cluster. What builds cannot reach has to be committed."
        : "See whether the address is right, and whether the cluster may reach it.",
  };
}

export function badVariable(part: string, why: string): Words {
  return {
    code: "variable-unset",
    title: `A variable of the Dockerfile cannot be filled in: ${short(part)}`,
    cause: `${code(part)}: ${code(why.replace(/\uFFFD|\(\s*\)/g, "").trim())}.`,
    remedy:
      "Correct how the variable is written, give it a value with `ENV` or `ARG` before, or as one of the image's `args` in `.pushwright.yml`.",
  };
}

/** The instruction with that part of its text: the one that Kaniko began with, or the only one. */
export function partStep({ instructions, step }: Facts, part: string): Step {
  if (step?.step?.includes(part)) return step;
  const found = instructions.filter(({ text }) => text.includes(part));
  return found[0] && found.length === 1 ? stepOf(found[0]) : {};
}

function baseFiles(why: string): Words {
  const trouble = registryTroubleIn(why);
  return {
    class: trouble !== undefined && isPassing(trouble) ? "transient" : "permanent",
    code: "base-image-unreadable",
    title: "The base image's files cannot be unpacked",
    cause: `Kaniko says: ${code(why)}.`,
    remedy: "See whether the base image is whole: pull it on another machine, or push it again.",
  };
}
