/** One instruction of a Dockerfile. */
export type Instruction = {
  /** In upper case. */
  keyword: string;
  /** As written, continuation lines joined. */
  text: string;
  /** Its first line, counted from 1. */
  line: number;
};

const COMMENT = /^\s*#/;
const BLANK = /^\s*$/;
const HEREDOC = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/g;
/** What people write is far below these. */
const MAX_CHARACTERS = 512 * 1024;
const MAX_HEREDOCS = 10;

/** Finds a Dockerfile's instructions and their lines. What is no valid Dockerfile gives what can be told of it. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text.slice(0, MAX_CHARACTERS).split(/\r?\n/);
  const lastLines = new LastLines(lines);
  const continuation = continuationOf(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (isSkipped(lines[at])) continue;
    const line = at + 1;
    const parts = [lines[at] ?? ""];
    let goesOn = continuation.test(lines[at] ?? "");
    while (goesOn && at + 1 < lines.length) {
      at += 1;
      // Comments and blank lines may stand between the lines of one instruction.
      if (isSkipped(lines[at])) continue;
      parts.push(lines[at] ?? "");
      goesOn = continuation.test(lines[at] ?? "");
    }
    const joined = parts
      .map((part) => part.replace(continuation, ""))
      .join("")
      .trim();
    const [, keyword = ""] = /^(\S+)/.exec(joined) ?? [];
    at = heredocEnd(lines, lastLines, at, keyword, joined);
    instructions.push({ keyword: keyword.toUpperCase(), text: joined, line });
  }
  return instructions;
}

function isSkipped(line = ""): boolean {
  return COMMENT.test(line) || BLANK.test(line);
}

/** https://docs.docker.com/reference/dockerfile/#escape */
function continuationOf(lines: string[]): RegExp {
  for (const line of lines) {
    const [, name, value] = /^#\s*(\w+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (name === undefined) break;
    if (name.toLowerCase() === "escape" && value === "`") return /`[ \t]*$/;
  }
  return /\\[ \t]*$/;
}

/** https://docs.docker.com/reference/dockerfile/#here-documents: the index of the last line of what it opens. */
function heredocEnd(
  lines: string[],
  lastLines: LastLines,
  from: number,
  keyword: string,
  text: string,
): number {
  if (!/^(?:RUN|COPY|ADD)$/i.test(keyword)) return from;
  let end = from;
  for (const [opening, , delimiter = ""] of text.matchAll(HEREDOC).take(MAX_HEREDOCS)) {
    const isIndented = opening.startsWith("<<-");
    if (lastLines.of(delimiter, isIndented) <= end) return end;
    do end += 1;
    while ((isIndented ? lines[end]?.trimStart() : lines[end]) !== delimiter);
  }
  return end;
}

/** Where each line's text stands last: what is not there any more is not looked for again and again. */
class LastLines {
  readonly #exact = new Map<string, number>();
  readonly #indented = new Map<string, number>();

  constructor(lines: readonly string[]) {
    for (const [at, line] of lines.entries()) {
      this.#exact.set(line, at);
      this.#indented.set(line.trimStart(), at);
    }
  }

  /** -1 if it stands nowhere. */
  of(text: string, isIndented: boolean): number {
    return (isIndented ? this.#indented : this.#exact).get(text) ?? -1;
  }
}

/** The one instruction with this text, whatever its white space: a text that stands there twice names neither. */
export function findInstruction(instructions: readonly Instruction[], text: string): Instruction | undefined {
  const wanted = collapse(text);
  const found = instructions.filter((instruction) => collapse(instruction.text) === wanted);
  return found.length === 1 ? found[0] : undefined;
}

function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
