import { boundText } from "../bound-text.ts";
import type { Command, CommandFault } from "./command.ts";
import { findCommandLines } from "./command-lines.ts";
import { formatCommand } from "./format-command.ts";
import { parseCommand } from "./parse-command.ts";

export type ParsedComment = {
  /** In the order of the comment, each once. */
  commands: Command[];
  faults: CommandFault[];
};

/** As long as a comment on GitHub can be; what comes after that is not read. */
export const MAX_COMMENT = 65_536;
/** Different ones in one comment, the faulty ones among them. */
export const MAX_COMMANDS = 10;
const TOO_MANY = `A comment may hold ${MAX_COMMANDS} commands: this one is left out, and those after it`;
const MAX_WRITTEN = 120;

/** The one grammar of what people tell the bot. docs/commands.md describes it. */
export function parseComment(body: string): ParsedComment {
  const commands = new Map<string, Command>();
  const faults = new Map<string, CommandFault>();
  for (const line of findCommandLines(body.slice(0, MAX_COMMENT))) {
    const parsed = parseCommand(line);
    if (!parsed) continue;
    const written = boundText(line, MAX_WRITTEN);
    const key = "command" in parsed ? formatCommand(parsed.command) : written;
    if (commands.has(key) || faults.has(key)) continue;
    if (commands.size + faults.size === MAX_COMMANDS) {
      faults.set(key, { written, message: TOO_MANY });
      break;
    }
    if ("command" in parsed) commands.set(key, parsed.command);
    else faults.set(key, { written, message: parsed.fault });
  }
  return { commands: [...commands.values()], faults: [...faults.values()] };
}

/** Whether somebody tells the bot anything, be it wrong. */
export function hasCommands(body: string): boolean {
  const { commands, faults } = parseComment(body);
  return commands.length + faults.length > 0;
}
