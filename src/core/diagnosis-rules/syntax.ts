import type { Diagnosis } from "../diagnosis.ts";
import { code, type Facts, stepOf } from "./facts.ts";

const PARSING = "parsing dockerfile: ";
const REMEDY =
  "Mend the Dockerfile and push it. [Dockerfile reference](https://docs.docker.com/reference/dockerfile/)";

/** A Dockerfile that cannot be read. */
export function diagnoseSyntax({ finalWords, instructions }: Facts): Diagnosis | undefined {
  const start = finalWords.indexOf(PARSING);
  if (start < 0) return undefined;
  const why = finalWords.slice(start + PARSING.length);
  const [, number, problem] = /^dockerfile parse error on line (\d+): (.+)$/.exec(why) ?? [];
  const line = number === undefined ? undefined : Number(number);
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

function explain(problem: string): string {
  if (problem === "file with no instructions") return "It has no instructions.";
  if (problem === "no build stage in current context")
    return "An instruction stands before the first `FROM`.";
  return `Kaniko says: ${code(problem)}.`;
}
