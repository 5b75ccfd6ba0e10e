/** A range of code points, both ends in it. */
export type CharacterRange = readonly [from: number, to: number];

/**
 * One step of a compiled glob. A match walks all ways through the program at once, so that its time is bounded by the
 * lengths of pattern and text multiplied: https://swtch.com/~rsc/regexp/regexp2.html#pike
 */
export type GlobStep =
  /** Takes one character that is in one of the ranges, or, when negated, in none. Never a slash. */
  | { kind: "one-of"; ranges: readonly CharacterRange[]; isNegated: boolean }
  /** Takes this one character. */
  | { kind: "character"; code: number }
  /** Takes any character, a slash too. */
  | { kind: "anything" }
  /** Goes on at each of these steps. */
  | { kind: "fork"; to: number[] }
  | { kind: "end" };

export type GlobProgram = readonly GlobStep[];
