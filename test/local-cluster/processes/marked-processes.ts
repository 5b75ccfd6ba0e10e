import { readdirSync, readFileSync } from "node:fs";
import { processMark } from "./daemon.ts";
import { identifyProcess, type ProcessIdentity } from "./process-identity.ts";

type MarkedProcess = ProcessIdentity & { stateFolder: string; command: string };

/** Every process that carries a cluster's mark: its daemons and, through containerd, the shims of its pods. */
export function markedProcesses(): MarkedProcess[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const variables = readProcFile(name, "environ").split("\0");
      const stateFolder = variables
        .find((each) => each.startsWith(`${processMark}=`))
        ?.slice(processMark.length + 1);
      const identity = identifyProcess(Number(name));
      if (stateFolder === undefined || identity === undefined) return [];
      return [{ ...identity, stateFolder, command: readProcFile(name, "cmdline").replaceAll("\0", " ") }];
    });
}

function readProcFile(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
}
