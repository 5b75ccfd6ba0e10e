import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

/**
 * Locks a folder for this process, or throws when another one holds it. The kernel lets go of the lock when the
 * process ends, however it ends: nothing stale is left, and a process id that was used again deceives nobody
 * (in a container every process is number 1). Node's only way to such a lock is SQLite's on its database file.
 */
export function lockFolder(folder: string): () => void {
  const lock = new DatabaseSync(join(folder, "lock"));
  try {
    lock.exec("PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    if (isBusy(error)) throw new Error(`another process has locked ${folder}`, { cause: error });
    throw error;
  }
  return () => lock.close();
}

// https://sqlite.org/rescode.html#busy
function isBusy(error: unknown): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === 5;
}
