import { readFile, writeFile } from "node:fs/promises";
import { formatHelp } from "../src/core/chat-ops/format-help.ts";

const PAGE = new URL("commands.md", import.meta.url);
const MARKED = /(?<=<!-- commands:start -->\n)[\s\S]*(?=<!-- commands:end -->)/;

/** The page's text with the table of commands as the code has it. */
export async function pageWithCommands(): Promise<{ written: string; expected: string }> {
  const written = await readFile(PAGE, "utf8");
  return { written, expected: written.replace(MARKED, () => `${formatHelp()}\n`) };
}

if (import.meta.main) await writeFile(PAGE, (await pageWithCommands()).expected);
