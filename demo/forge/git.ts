import { execFile } from "node:child_process";
import { devNull } from "node:os";
import { promisify } from "node:util";

export type GitOutput = { stdout: string; stderr: string };

/** Runs git in a folder, however git is configured on this machine. */
export async function git(folder: string, args: string[], signal: AbortSignal): Promise<GitOutput> {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const env = { ...Object.fromEntries(own), GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull };
  try {
    return await promisify(execFile)("git", args, { cwd: folder, env, signal });
  } catch (error) {
    signal.throwIfAborted();
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`running git ${args[0]}: ${stderr?.trim() || message}`, { cause: error });
  }
}
