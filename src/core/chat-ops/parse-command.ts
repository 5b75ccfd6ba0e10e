import { distance } from "fastest-levenshtein";
import { formatCode } from "../format-code.ts";
import type { Command } from "./command.ts";
import { COMMANDS, type CommandRow, formatUsage } from "./command-table.ts";
import { nearCommand } from "./near-command.ts";
import { parseArgument } from "./parse-argument.ts";

const OPTION = /^[-\u2010-\u2015]/;
const MAX_WORD = 80;
const MAX_MISTAKES = 3;

/** A command line's meaning, or what is wrong with it; undefined when it is not meant for us. */
export function parseCommand(line: string): { command: Command } | { fault: string } | undefined {
  const [first = "", ...words] = line.slice(1).split(/\s+/);
  const name = first.toLowerCase();
  const row = COMMANDS.find(({ kind }) => kind === name);
  if (row) return parseWords(row, words);
  const near = nearCommand(name);
  if (!near) return undefined;
  return { fault: `There is no command ${formatCode(`/${first}`)}. Did you mean \`/${near.kind}\`?` };
}

function parseWords(row: CommandRow, words: string[]): { command: Command } | { fault: string } {
  const options = new Set<string>();
  let argument: string | undefined;
  for (const word of words) {
    const parsed = parseWord(row, word, argument !== undefined, options);
    if ("fault" in parsed) return parsed;
    if ("option" in parsed) options.add(parsed.option);
    else argument = parsed.value;
  }
  if (row.argument?.isRequired && argument === undefined) {
    return { fault: `\`/${row.kind}\` needs a word more: \`${formatUsage(row)}\`` };
  }
  return { command: commandOf(row.kind, argument, options) };
}

function parseWord(
  row: CommandRow,
  word: string,
  hasArgument: boolean,
  options: ReadonlySet<string>,
): { option: string } | { value: string } | { fault: string } {
  const written = formatCode(word, MAX_WORD);
  const usage = `\`${formatUsage(row)}\``;
  if (OPTION.test(word)) {
    if (options.has(word)) return { fault: `${written} stands there twice: ${usage}` };
    if (row.options.includes(word)) return { option: word };
    return { fault: `\`/${row.kind}\` has no option ${written}${hintFor(row, word)}: ${usage}` };
  }
  if (!row.argument)
    return { fault: `\`/${row.kind}\` takes no further word, and there is ${written}: ${usage}` };
  if (hasArgument) return { fault: `${written} is one word too many: ${usage}` };
  return parseArgument(row.argument.name, word);
}

function hintFor({ options }: CommandRow, word: string): string {
  const bounded = word.slice(0, MAX_WORD);
  const meant = options.find((option) => distance(bounded, option) <= MAX_MISTAKES);
  if (meant !== undefined) return ` (did you mean \`${meant}\`?)`;
  const other = COMMANDS.find((row) => row.options.includes(word));
  return other ? ` (\`/${other.kind}\` has it)` : "";
}

function commandOf(
  kind: Command["kind"],
  argument: string | undefined,
  options: ReadonlySet<string>,
): Command {
  const image = argument === undefined ? {} : { image: argument };
  switch (kind) {
    case "promote":
      return { kind, imageTag: argument ?? "" };
    case "ok-to-build":
      return argument === undefined ? { kind } : { kind, commit: argument };
    case "rebuild":
      return { kind, ...image, noCache: options.has("--no-cache") };
    case "status":
    case "help":
      return { kind };
    default:
      return { kind, ...image };
  }
}
