import { z } from "zod";
import { compileGlob } from "./compile-glob.ts";
import type { GlobProgram } from "./glob-program.ts";
import { runGlob } from "./run-glob.ts";

const MAX_PATTERNS = 100;

/** A glob, or with `!` before it one whose matches are taken out again. docs/policy.md describes them. */
export const GlobPattern = z.string("expected a pattern").superRefine((pattern, context) => {
  const compiled = compileGlob(withoutNegation(pattern));
  if ("fault" in compiled) context.addIssue({ code: "custom", message: compiled.fault });
});

export const GlobPatterns = z
  .array(GlobPattern)
  .max(MAX_PATTERNS, `expected at most ${MAX_PATTERNS} patterns`);

type ListedGlob = { pattern: string; isNegation: boolean; program: GlobProgram | undefined };

/**
 * Patterns in a row, of which the last one that matches decides. A list that begins with `!` takes away from everything.
 * What is no valid pattern matches itself only.
 */
export class GlobList {
  readonly #globs: ListedGlob[];
  readonly #fold: (text: string) => string;
  #steps = 0;

  constructor(patterns: readonly string[], { ignoreCase = false }: { ignoreCase?: boolean } = {}) {
    this.#fold = ignoreCase ? (text) => text.toLowerCase() : (text) => text;
    this.#globs = patterns.map((pattern) => {
      const compiled = compileGlob(this.#fold(withoutNegation(pattern)));
      const program = "program" in compiled ? compiled.program : undefined;
      return { pattern, isNegation: pattern.startsWith("!"), program };
    });
  }

  /**
   * The pattern by which the text is in, or undefined: it is out. `full` is its name from the root on, which patterns that
   * begin with `//` are held against instead.
   */
  find(text: string, full = text): string | undefined {
    const [folded, foldedFull] = [this.#fold(text), this.#fold(full)];
    const decisive = this.#globs.findLast((glob) =>
      this.#matches(glob, isRooted(glob.pattern) ? foldedFull : folded),
    );
    if (decisive) return decisive.isNegation ? undefined : decisive.pattern;
    const first = this.#globs[0];
    return first?.isNegation ? first.pattern : undefined;
  }

  /** The work that all calls of `find` were, in steps of the match. */
  get steps(): number {
    return this.#steps;
  }

  #matches({ pattern, program }: ListedGlob, text: string): boolean {
    if (program === undefined) return withoutNegation(this.#fold(pattern)) === text;
    const { matches, steps } = runGlob(program, text);
    this.#steps += steps;
    return matches;
  }
}

function isRooted(pattern: string): boolean {
  return withoutNegation(pattern).startsWith("//");
}

function withoutNegation(pattern: string): string {
  return pattern.startsWith("!") ? pattern.slice(1) : pattern;
}
