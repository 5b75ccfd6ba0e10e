import { spawn } from "node:child_process";
import { systemPath } from "./system-path.ts";

export type RunOptions = {
  cwd?: string;
  /** More variables for the program. */
  env?: Readonly<Record<string, string>>;
  input?: string;
  /** Called with each line of standard error as it comes. */
  onErrorLine?: (line: string) => void;
};

/** Runs a program to its end. Resolves to its standard output, rejects with the end of its standard error. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, PATH: systemPath, ...options.env },
  });
  let output = "";
  let errors = "";
  let pending = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    errors = (errors + chunk).slice(-4000);
    const lines = (pending + chunk).split("\n");
    pending = lines.pop() ?? "";
    for (const line of lines) options.onErrorLine?.(line);
  });
  child.stdin.on("error", () => {});
  child.stdin.end(options.input ?? "");
  const shown = [command, ...args].join(" ").slice(0, 300);
  child.on("error", (cause) => reject(new Error(`running ${shown}: ${cause.message}`, { cause })));
  child.on("close", (code, signal) => {
    if (code === 0) return resolve(output);
    const end = code === null ? `ended by ${signal}` : `exit code ${code}`;
    reject(new Error(`running ${shown}: ${end}\n${(errors || output).trim()}`));
  });
  return promise;
}
