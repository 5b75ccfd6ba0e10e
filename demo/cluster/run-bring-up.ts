import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import type { LocalCluster } from "../../test/local-cluster/local-cluster.ts";

export type BringUp = {
  cluster: Promise<LocalCluster>;
  /** Whether anything of the cluster may have been started by this run. */
  hasBegun(): boolean;
};

const PROGRAM = join(import.meta.dirname, "bring-up.ts");
/** A cluster that is up already is not worth a line. */
const QUIET_MS = 1500;

/** Starts the program that brings the cluster up, and passes on what it tells. */
export function runBringUp(note: (text: string) => void, signal: AbortSignal): BringUp {
  const child = spawn(process.execPath, [PROGRAM], { stdio: ["ignore", "pipe", "pipe"], signal });
  const lines: string[] = [];
  let isQuiet = true;
  const quiet = setTimeout(() => {
    isQuiet = false;
    for (const line of lines) note(line);
  }, QUIET_MS);
  createInterface({ input: child.stderr }).on("line", (line) => {
    lines.push(line);
    if (!isQuiet) note(line);
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  child.on("error", (error) => reject(signal.aborted ? signal.reason : error));
  child.on("close", () => resolve());

  async function outcome(): Promise<LocalCluster> {
    const [answer] = await Promise.all([text(child.stdout), ended]).finally(() => clearTimeout(quiet));
    if (answer === "") throw new Error(`bringing up the cluster broke off:\n${lines.slice(-5).join("\n")}`);
    const cluster = JSON.parse(answer) as LocalCluster | { error: string };
    if ("error" in cluster) throw new Error(`bringing up the cluster: ${cluster.error}`);
    return cluster;
  }

  const cluster = outcome();
  cluster.catch(() => {}); // Whoever asks for it hears of it.
  return { cluster, hasBegun: () => lines.some((line) => !line.includes("waiting for another run")) };
}
