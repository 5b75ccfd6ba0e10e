import type { GlobProgram, GlobStep } from "./glob-program.ts";

const SLASH = 0x2f;

/** Whether the whole text matches, and how many steps it took to find out: at most the two lengths multiplied. */
export function runGlob(program: GlobProgram, text: string): { matches: boolean; steps: number } {
  let steps = 0;
  const seenAt = new Int32Array(program.length).fill(-1);

  /** All steps that can be reached from these without taking a character. */
  function reach(from: number[], position: number): number[] {
    const reached: number[] = [];
    for (let index = from.pop(); index !== undefined; index = from.pop()) {
      steps += 1;
      if (seenAt[index] === position) continue;
      seenAt[index] = position;
      const step = program[index];
      if (step?.kind === "fork") from.push(...step.to);
      else reached.push(index);
    }
    return reached;
  }

  let current = reach([0], 0);
  let position = 0;
  for (const character of text) {
    position += 1;
    const code = character.codePointAt(0) ?? 0;
    const taken = current.filter((index) => takes(program[index], code)).map((index) => index + 1);
    if (taken.length === 0) return { matches: false, steps: steps + current.length };
    current = reach(taken, position);
  }
  return { matches: current.some((index) => program[index]?.kind === "end"), steps };
}

function takes(step: GlobStep | undefined, code: number): boolean {
  if (step?.kind === "character") return step.code === code;
  if (step?.kind === "anything") return true;
  if (step?.kind !== "one-of" || code === SLASH) return false;
  return step.ranges.some(([from, to]) => from <= code && code <= to) !== step.isNegated;
}
