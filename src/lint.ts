import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { formatRepoConfig } from "./core/format-repo-config.ts";
import { DEFAULT_REPO_CONFIG } from "./core/repo-config/default-repo-config.ts";
import { parseRepoConfig } from "./core/repo-config/parse-repo-config.ts";
import { CONFIG_FILE } from "./core/repo-config.ts";

export type LintResult = { exitCode: 0 | 1; output: string };

/** Checks the configuration at `path`, or in the folder there. Rejects when there is nothing that could be read. */
export async function lint(path: string): Promise<LintResult> {
  const isFolder = (await stat(path)).isDirectory();
  const file = isFolder ? join(path, CONFIG_FILE) : path;
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (isFolder && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    const output = `${file} is not there, so the defaults hold.\n\n${formatRepoConfig(DEFAULT_REPO_CONFIG)}`;
    return { exitCode: 0, output };
  }
  const parsed = parseRepoConfig(text);
  if ("config" in parsed)
    return { exitCode: 0, output: `${file} is good.\n\n${formatRepoConfig(parsed.config)}` };
  const lines = parsed.faults.map(({ line, column, message }) => `${file}:${line}:${column} ${message}\n`);
  return { exitCode: 1, output: lines.join("") };
}
