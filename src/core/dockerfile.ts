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

/** Finds a Dockerfile's instructions and their lines. What is no valid Dockerfile gives what can be told of it. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text.split(/\r?\n/);
  const continuation = continuationOf(lines);
  const instructions: Instruction[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (isSkipped(lines[at])) continue;
    const line = at + 1;
    const parts = [lines[at] ?? ""];
    while (continuation.test(parts.at(-1) ?? "") && at + 1 < lines.length) {
      at += 1;
      // Comments and blank lines may stand between the lines of one instruction.
      if (!isSkipped(lines[at])) parts.push(lines[at] ?? "");
    }
    const joined = parts
      .map((part) => part.replace(continuation, ""))
      .join("")
      .trim();
    const [, keyword = ""] = /^(\S+)/.exec(joined) ?? [];
    at = heredocEnd(lines, at, keyword, joined);
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
function heredocEnd(lines: string[], from: number, keyword: string, text: string): number {
  if (!/^(?:RUN|COPY|ADD)$/i.test(keyword)) return from;
  let end = from;
  for (const [opening, , delimiter] of text.matchAll(HEREDOC)) {
    const isDelimiter = (line: string) => (opening.startsWith("<<-") ? line.trimStart() : line) === delimiter;
    const found = lines.findIndex((line, index) => index > end && isDelimiter(line));
    if (found < 0) return end;
    end = found;
  }
  return end;
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
