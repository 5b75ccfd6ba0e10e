import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Progress } from "./progress.ts";

/**
 * Holds an exclusive lock on a file while `work` runs. The lock belongs to a `flock` process that ends with our end
 * of its pipe, so that nothing stale stays behind even when this process is killed.
 */
export async function withLock<T>(file: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const holder = spawn("flock", [file, "sh", "-c", "echo locked; exec cat"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { promise: locked, resolve, reject } = Promise.withResolvers<void>();
  const { promise: released, resolve: onReleased } = Promise.withResolvers<void>();
  holder.stdout.once("data", () => resolve());
  holder.on("error", (cause) => reject(new Error(`locking ${file}: ${cause.message}`, { cause })));
  holder.on("close", (code) => {
    onReleased();
    reject(new Error(`locking ${file}: flock ended with exit code ${code}`));
  });
  const notice = setTimeout(() => progress(`waiting for another run that holds ${file}`), 1000);
  try {
    await locked.finally(() => clearTimeout(notice));
    return await work();
  } finally {
    holder.stdin.end();
    await released;
  }
}
