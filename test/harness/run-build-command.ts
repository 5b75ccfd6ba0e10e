import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export type BuildCommandRun = {
  /** Resolves once the errors' stream has such a line. */
  said(words: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<{ exitCode: number | null; stdout: string; stderr: string }>;
};

/** `pushwright build`, as people run it. */
export function runBuildCommand(
  args: string[],
  env: Record<string, string>,
  { input = "", uid }: { input?: string; uid?: number } = {},
): BuildCommandRun {
  const child = spawn(process.execPath, [MAIN, "build", ...args], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    ...(uid === undefined ? {} : { uid }),
  });
  child.stdin.end(input);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const ended = new Promise<Awaited<BuildCommandRun["ended"]>>((resolve) => {
    child.once("close", (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
  return {
    said: (words) =>
      new Promise((resolve, reject) => {
        const look = () => stderr.includes(words) && resolve();
        child.stderr.on("data", look);
        look();
        ended.then(() => reject(new Error(`ended before it said ${words}:\n${stderr}`)));
      }),
    kill: (signal) => child.kill(signal),
    ended,
  };
}
