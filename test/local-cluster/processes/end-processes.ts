import { setTimeout as sleep } from "node:timers/promises";
import { isRunning, type ProcessIdentity } from "./process-identity.ts";

/** Asks processes to end, waits, and insists on those that do not. Resolves when none of them runs. */
export async function endProcesses(processes: readonly ProcessIdentity[], patienceMs: number): Promise<void> {
  if (await endedAfter(processes, "SIGTERM", patienceMs)) return;
  if (await endedAfter(processes, "SIGKILL", 10_000)) return;
  const left = processes.filter(isRunning).map(({ pid }) => pid);
  throw new Error(
    `ending processes ${left.join(", ")}: they still run 10 s after SIGKILL; a hung mount may hold them`,
  );
}

async function endedAfter(
  processes: readonly ProcessIdentity[],
  signal: "SIGTERM" | "SIGKILL",
  patienceMs: number,
): Promise<boolean> {
  for (const each of processes.filter(isRunning)) sendSignal(each.pid, signal);
  const end = Date.now() + patienceMs;
  while (processes.some(isRunning)) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}

function sendSignal(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
