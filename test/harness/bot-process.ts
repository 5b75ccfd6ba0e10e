import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter } from "node:events";
import { appendFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** A line of the bot's log: what it is about, and `msg`. */
export type LogLine = { msg: string; stage?: string; at?: number; build?: string; [key: string]: unknown };

/** The bot as its users run it, in a process of its own. */
export type BotProcess = {
  readonly pid: number;
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly webhookUrl: string;
  readonly log: readonly LogLine[];
  /** The first line, past or to come, that fits. Rejects when the bot ends first. */
  line(fits: (line: LogLine) => boolean): Promise<LogLine>;
  /** Sends the signal and waits for the end: the exit code, or the signal's name. */
  stop(signal?: NodeJS.Signals): Promise<number | string>;
};

/**
 * Starts the bot on a free port of this machine. Rejects, with what it printed, when it ends before it listens.
 * `BOT_LOG` names a file to which every bot's log is added, for people who look for a fault.
 */
export async function startBot(env: Record<string, string>): Promise<BotProcess> {
  const child = spawn(process.execPath, [MAIN, "serve"], {
    cwd: ROOT,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log: LogLine[] = [];
  const lines = new EventEmitter<{ line: [LogLine] }>().setMaxListeners(0);
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = parseLine(text);
    log.push(line);
    if (process.env.BOT_LOG) appendFileSync(process.env.BOT_LOG, `${text}\n`);
    lines.emit("line", line);
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal ?? "unknown"));
  });

  const line: BotProcess["line"] = (fits) => {
    const past = log.find(fits);
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const hear = (next: LogLine) => {
        if (!fits(next)) return;
        lines.off("line", hear);
        resolve(next);
      };
      lines.on("line", hear);
      ended.then((end) => reject(new Error(`the bot ended (${end}) first\n${stderr}${tail(log)}`)));
    });
  };

  const { port } = await line(({ msg }) => msg === "listening");
  const url = `http://127.0.0.1:${port}`;
  return {
    pid: child.pid as number,
    url,
    webhookUrl: `${url}/api/github/webhooks`,
    log,
    line,
    stop: (signal = "SIGTERM") => stop(child, signal, ended),
  };
}

function stop(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<number | string>) {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  return ended;
}

function parseLine(text: string): LogLine {
  try {
    return JSON.parse(text) as LogLine;
  } catch {
    return { msg: text };
  }
}

function tail(log: readonly LogLine[]): string {
  return log
    .slice(-20)
    .map((line) => JSON.stringify(line))
    .join("\n");
}
