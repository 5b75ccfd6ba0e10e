import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DemoCluster } from "../cluster/demo-cluster.ts";
import type { DemoContext } from "../demo-context.ts";
import { botEnvironment } from "./bot-environment.ts";
import { parseLogLine } from "./bot-log.ts";
import { WatchedBuilds } from "./watched-builds.ts";

const PROJECT = join(import.meta.dirname, "../..");
const START_SECONDS = 60;
const STOP_SECONDS = 40;

export type Bot = {
  port: number;
  /** What it builds with: `Kaniko v1.24.0`. */
  builder: string;
  builds: WatchedBuilds;
};

/** Starts the bot as an operator does, as a process of its own, and hears what it logs. */
export async function startBot(
  context: DemoContext,
  cluster: DemoCluster,
  forge: Record<string, string>,
): Promise<Bot> {
  const { cleanUp, signal, botLog } = context;
  const child = spawn(process.execPath, [join(PROJECT, "src/main.ts"), "serve"], {
    env: botEnvironment(context, cluster, forge),
    stdio: ["ignore", "pipe", "pipe"],
    // In a process group of its own: Ctrl-C is for the demo, which stops the bot in its turn.
    detached: true,
  });
  cleanUp.later(`the bot (process ${child.pid})`, () => stop(child));
  const builds = new WatchedBuilds();
  const listening = Promise.withResolvers<Bot>();
  const timer = setTimeout(() => fail(`was not listening after ${START_SECONDS} s`), START_SECONDS * 1000);
  const abort = () => fail("was interrupted");
  signal.addEventListener("abort", abort, { once: true });

  createInterface({ input: child.stderr }).on("line", botLog.add);
  createInterface({ input: child.stdout }).on("line", (line) => {
    botLog.add(line);
    const entry = parseLogLine(line);
    if (entry?.msg === "listening" && entry.port !== undefined)
      listening.resolve({ port: entry.port, builder: entry.builder ?? "its builder", builds });
    if (entry) builds.hear(entry);
  });
  child.on("error", (error) => fail(`did not start: ${error.message}`));
  child.on("close", (code, by) => fail(`ended by itself (${by ?? `exit code ${code}`})`));
  return listening.promise.finally(() => clearTimeout(timer));

  function fail(how: string): void {
    const error = new Error(`the bot ${how}`);
    listening.reject(error);
    builds.fail(error);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "close");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), STOP_SECONDS * 1000);
  await ended.finally(() => clearTimeout(timer));
}
