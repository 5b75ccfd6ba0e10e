import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ClusterFolders } from "../folders.ts";
import { systemPath } from "../system-path.ts";
import { identifyProcess, isRunning, type ProcessIdentity } from "./process-identity.ts";

export type Daemon = {
  name: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
};

/** Marks every process that the cluster starts, and those that they start in turn. Its value is the state folder. */
export const processMark = "PUSHWRIGHT_CLUSTER_PROCESS";

/** Starts a process that outlives this one, and records which it is. */
export function startDaemon(folders: ClusterFolders, daemon: Daemon): void {
  mkdirSync(folders.logs, { recursive: true });
  mkdirSync(folders.processes, { recursive: true });
  const log = openSync(logFile(folders, daemon.name), "w");
  const child = spawn(daemon.command, daemon.args, {
    detached: true,
    stdio: ["ignore", log, log],
    cwd: "/",
    // Not this process's environment: a proxy set for the shell would stand between the components.
    env: { PATH: systemPath, HOME: "/root", ...daemon.env, [processMark]: folders.state },
  });
  child.on("error", (error) => process.stderr.write(`starting ${daemon.command}: ${error.message}\n`));
  child.unref();
  if (child.pid === undefined) throw new Error(`starting ${daemon.name}: ${daemon.command} cannot be run`);
  const identity = identifyProcess(child.pid);
  if (identity === undefined)
    throw new Error(`starting ${daemon.name}: it ended at once\n${logEnd(folders, daemon.name)}`);
  writeFileSync(recordFile(folders, daemon.name), JSON.stringify(identity));
}

/** The process that was recorded under this name, if it still runs. */
export function runningDaemon(folders: ClusterFolders, name: string): ProcessIdentity | undefined {
  try {
    const identity: ProcessIdentity = JSON.parse(readFileSync(recordFile(folders, name), "utf8"));
    return isRunning(identity) ? identity : undefined;
  } catch {
    // No record, or one cut short by a crash: the process's mark finds it all the same.
    return undefined;
  }
}

/** Throws when a daemon has ended, with what it said last. */
export function assertRunning(folders: ClusterFolders, names: readonly string[]): void {
  for (const name of names) {
    if (runningDaemon(folders, name)) continue;
    throw new Error(
      `${name} ended by itself. The end of ${logFile(folders, name)}:\n${logEnd(folders, name)}`,
    );
  }
}

export function logFile(folders: ClusterFolders, name: string): string {
  return join(folders.logs, `${name}.log`);
}

function logEnd(folders: ClusterFolders, name: string): string {
  return readFileSync(logFile(folders, name), "utf8").trimEnd().split("\n").slice(-12).join("\n");
}

function recordFile(folders: ClusterFolders, name: string): string {
  return join(folders.processes, `${name}.json`);
}
