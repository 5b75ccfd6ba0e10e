import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export type CommandEnd = { exitCode: number | string; stdout: string; stderr: string };

/** Runs `node src/main.ts …` to its end, with nothing in its environment but this. */
export function runBotCommand(args: string[], env: Record<string, string>): Promise<CommandEnd> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [MAIN, ...args],
      { env: { PATH: process.env.PATH, ...env }, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => resolve({ exitCode: error?.code ?? 0, stdout, stderr }),
    );
  });
}
