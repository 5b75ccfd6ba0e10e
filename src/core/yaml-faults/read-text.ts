import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import { formatCode } from "../format-code.ts";
import type { TextFault } from "./text-fault.ts";

/** Words and marks of YAML. What people write in 64 KiB is far below; above it, faults alone take a second to make. */
const MAX_LEXEMES = 20_000;
/** Lists and mappings in each other. */
const MAX_DEPTH = 32;

/**
 * - `typed`: numbers, truths and nulls are what YAML 1.2 makes of them.
 * - `as-written`: a scalar is the text that stands there (`1.20`, `True`), or null where none does.
 */
export type ScalarReading = "typed" | "as-written";

/** The one YAML document in the text. */
export function readText(
  text: string,
  scalars: ScalarReading,
): { document: Document.Parsed } | { faults: TextFault[] } {
  const read = readTokens(text);
  if ("faults" in read) return read;
  const composer = new Composer({
    schema: scalars === "typed" ? "core" : "failsafe",
    // The library's own search for keys that stand twice compares each with each.
    uniqueKeys: false,
    prettyErrors: false,
  });
  const [document, second] = composer.compose(read.tokens, true, text.length).take(2);
  if (second)
    return { faults: [{ offset: second.range[0], message: "expected one YAML document, found another" }] };
  if (!document) throw new Error("reading YAML: the parser gave no document, although it was to give one");
  const errors = [...document.errors, ...document.warnings];
  return errors.length === 0 ? { document } : { faults: describeErrors(text, errors) };
}

/** The parser loops and what comes after it recurses, so depth is bounded between them. */
function readTokens(text: string): { tokens: CST.Token[] } | { faults: TextFault[] } {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const offset = parser.offset;
    tokens.push(...parser.next(lexeme));
    lexemes += 1;
    if (lexemes > MAX_LEXEMES)
      return { faults: [{ offset, message: `expected at most ${MAX_LEXEMES} words and marks of YAML` }] };
    if (parser.stack.length > MAX_DEPTH)
      return {
        faults: [{ offset, message: `this is nested too deeply, expected at most ${MAX_DEPTH} levels` }],
      };
  }
  tokens.push(...parser.end());
  return { tokens };
}

/** The first on each line: what follows it there mostly follows from it. */
function describeErrors(text: string, errors: readonly Document.Parsed["errors"][number][]): TextFault[] {
  const lines = new Set<number>();
  return errors.flatMap(({ pos: [offset], message }) => {
    const line = text.lastIndexOf("\n", offset - 1);
    if (lines.has(line)) return [];
    lines.add(line);
    return [{ offset: Math.max(0, offset), message: `this is no valid YAML: ${formatCode(message)}` }];
  });
}
