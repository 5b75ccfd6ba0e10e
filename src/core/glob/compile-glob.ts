import type { CharacterRange, GlobProgram, GlobStep } from "./glob-program.ts";

/** Branches, Git tags and what people write as patterns are far below this. */
const MAX_CHARACTERS = 256;
const SLASH = 0x2f;

/** The program of one glob without its leading `!`, or what is wrong with it as a sentence without a full stop. */
export function compileGlob(glob: string): { program: GlobProgram } | { fault: string } {
  if (glob === "") return { fault: "a pattern is empty" };
  if (glob.length > MAX_CHARACTERS)
    return { fault: `a pattern has at most ${MAX_CHARACTERS} characters, and this one ${glob.length}` };
  try {
    return { program: new GlobCompiler(glob).compile() };
  } catch (error) {
    if (error instanceof GlobFault) return { fault: error.message };
    throw error;
  }
}

class GlobFault extends Error {}

class GlobCompiler {
  readonly #characters: string[];
  readonly #steps: GlobStep[] = [];
  #at = 0;
  /** Whether a folder's or file's name begins here: only there `**` followed by a slash may stand for no folder. */
  #isAtName = true;

  constructor(glob: string) {
    this.#characters = [...glob];
  }

  compile(): GlobProgram {
    this.#sequence(false);
    this.#steps.push({ kind: "end" });
    return this.#steps;
  }

  /** Up to the pattern's end or, within braces, up to the next comma or closing brace. */
  #sequence(isInBraces: boolean): void {
    for (let next = this.#peek(); next !== undefined; next = this.#peek()) {
      if (isInBraces && (next === "," || next === "}")) return;
      this.#at += 1;
      if (next === "*") this.#stars();
      else if (next === "?") this.#step({ kind: "one-of", ranges: [], isNegated: true });
      else if (next === "[") this.#class();
      else if (next === "{") this.#braces();
      else this.#character(next === "\\" ? this.#take("the pattern ends after `\\`") : next);
    }
  }

  #peek(): string | undefined {
    return this.#characters[this.#at];
  }

  #take(faultAtEnd: string): string {
    const next = this.#peek();
    if (next === undefined) throw new GlobFault(faultAtEnd);
    this.#at += 1;
    return next;
  }

  #step(step: GlobStep): void {
    this.#steps.push(step);
    this.#isAtName = false;
  }

  #character(character: string): void {
    const code = character.codePointAt(0) ?? 0;
    this.#step({ kind: "character", code });
    this.#isAtName = code === SLASH;
  }

  #stars(): void {
    const isAtName = this.#isAtName;
    let count = 1;
    for (; this.#peek() === "*"; this.#at += 1) count += 1;
    if (count === 1) this.#repeat({ kind: "one-of", ranges: [], isNegated: true });
    else if (isAtName && this.#peek() === "/") this.#folders();
    else this.#repeat({ kind: "anything" });
  }

  /** Any number of whole folders. */
  #folders(): void {
    this.#at += 1;
    const none: GlobStep = { kind: "fork", to: [this.#steps.length + 1] };
    this.#step(none);
    this.#repeat({ kind: "anything" });
    this.#character("/");
    none.to.push(this.#steps.length);
  }

  #repeat(step: GlobStep): void {
    const start = this.#steps.length;
    this.#step({ kind: "fork", to: [start + 1, start + 3] });
    this.#step(step);
    this.#step({ kind: "fork", to: [start] });
  }

  #braces(): void {
    const choices: GlobStep & { kind: "fork" } = { kind: "fork", to: [] };
    const ends: (GlobStep & { kind: "fork" })[] = [];
    const isAtName = this.#isAtName;
    this.#step(choices);
    for (let last = ","; last !== "}"; last = this.#take("`{` is not closed by `}`")) {
      choices.to.push(this.#steps.length);
      this.#isAtName = isAtName;
      this.#sequence(true);
      const end = { kind: "fork" as const, to: [] };
      ends.push(end);
      this.#step(end);
    }
    for (const end of ends) end.to.push(this.#steps.length);
  }

  #class(): void {
    const unclosed = "`[` is not closed by `]`";
    const isNegated = this.#peek() === "!" || this.#peek() === "^";
    if (isNegated) this.#at += 1;
    const ranges: CharacterRange[] = [];
    for (let next = this.#take(unclosed); next !== "]" || ranges.length === 0; next = this.#take(unclosed)) {
      const from = next === "\\" ? this.#take(unclosed) : next;
      const isRange = this.#peek() === "-" && this.#characters[this.#at + 1] !== "]";
      if (isRange) this.#at += 1;
      const to = isRange ? this.#take(unclosed) : from;
      const range = [from.codePointAt(0) ?? 0, to.codePointAt(0) ?? 0] as const;
      if (range[1] < range[0]) throw new GlobFault(`\`${from}-${to}\` in \`[…]\` goes backwards`);
      ranges.push(range);
    }
    this.#step({ kind: "one-of", ranges, isNegated });
  }
}
