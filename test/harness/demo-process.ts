import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../demo/main.ts", import.meta.url));

/** The demo as a person runs it, without a terminal. */
export type DemoProcess = {
  /** All that a person could read so far, on stdout and stderr. */
  text(): string;
  /** What stdout holds so far. */
  stdout(): string;
  /** Resolves to the first match. Rejects when the demo ends without it. */
  shown(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  signal(name: NodeJS.Signals): void;
};

export function startDemo(args: string[], env: NodeJS.ProcessEnv = {}): DemoProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let all = "";
  let stdout = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      all += chunk;
      if (stream === child.stdout) stdout += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });
  return {
    text: () => all,
    stdout: () => stdout,
    ended,
    signal: (name) => {
      child.kill(name);
    },
    shown: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const match = pattern.exec(all);
          if (!match) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        look();
        ended.then((end) => reject(new Error(`the demo ended (${end}) without showing ${pattern}:\n${all}`)));
      }),
  };
}
