import type { Diagnosis } from "../diagnosis.ts";
import type { Instruction } from "../dockerfile.ts";
import { code, type Facts, stepOf } from "./facts.ts";

const PARSING = "parsing dockerfile: ";
const REMEDY =
  "Mend the Dockerfile and push it. [Dockerfile reference](https://docs.docker.com/reference/dockerfile/)";

/** A Dockerfile that cannot be read. */
export function diagnoseSyntax({ finalWords, instructions }: Facts): Diagnosis | undefined {
  const start = finalWords.indexOf(PARSING);
  if (start < 0) return undefined;
  const why = finalWords.slice(start + PARSING.length);
  const [, number, problem] = /^dockerfile parse error (?:on )?line (\d+): (.+)$/.exec(why) ?? [];
  const unnumbered = number === undefined ? withoutNumber(why, instructions) : undefined;
  const line = number === undefined ? unnumbered?.line : Number(number);
  const found = instructions.findLast((instruction) => line !== undefined && instruction.line <= line);
  return {
    class: "permanent",
    code: "dockerfile-syntax",
    title:
      line === undefined ? "The Dockerfile cannot be read" : `The Dockerfile cannot be read: line ${line}`,
    cause: explain(problem ?? why),
    remedy: REMEDY,
    ...(line === undefined ? {} : { line }),
    ...(found ? { step: stepOf(found).step } : {}),
  } as Diagnosis;
}

/** Some faults come without a line: it is found where only one instruction can be meant. */
function withoutNumber(why: string, instructions: readonly Instruction[]): Instruction | undefined {
  const [, keyword] = /^([A-Z]+) (?:must have|requires)\b/.exec(why) ?? [];
  const [, word] = /can't find = in "(.+)"\. Must be of the form/.exec(why) ?? [];
  const fits = ({ keyword: at, text }: Instruction): boolean =>
    word === undefined
      ? at === keyword && text.split(/\s+/).length <= 2 && !text.includes("=")
      : /^(?:ENV|LABEL|ARG)$/.test(at) && text.split(/\s+/).includes(word);
  const found = instructions.filter(fits);
  return found.length === 1 ? found[0] : undefined;
}

function explain(problem: string): string {
  if (problem === "file with no instructions") return "It has no instructions.";
  if (problem === "no build stage in current context")
    return "An instruction stands before the first `FROM`.";
  return `Kaniko says: ${code(problem)}.`;
}
