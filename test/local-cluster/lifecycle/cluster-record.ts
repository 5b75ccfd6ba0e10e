import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import type { Binaries } from "../binaries/build-binaries.ts";
import type { ClusterFolders } from "../folders.ts";

/**
 * Makes the state folder the cluster's own, and records what will run from it. Everything in the folder is removed
 * later, so a folder that somebody else put something into is refused.
 */
export function claimFolder(folders: ClusterFolders, binaries: Binaries): void {
  mkdirSync(folders.state, { recursive: true });
  if (!isClaimed(folders) && readdirSync(folders.state).length > 0) {
    throw new Error(
      `starting the cluster in ${folders.state}: the folder has other things in it; set PUSHWRIGHT_CLUSTER_DIR to a new one`,
    );
  }
  writeFileSync(folders.record, formatRecord(binaries));
}

export function isClaimed(folders: ClusterFolders): boolean {
  return readRecord(folders) !== undefined;
}

/** Whether the cluster runs what would be started today, and not what an earlier version of the project pinned. */
export function runsTheseBinaries(folders: ClusterFolders, binaries: Binaries): boolean {
  return readRecord(folders) === formatRecord(binaries);
}

function formatRecord(binaries: Binaries): string {
  // Names hold a hash of all that makes a build; the folders above may differ from shell to shell.
  return JSON.stringify(Object.values(binaries).map((folder) => basename(folder)));
}

function readRecord(folders: ClusterFolders): string | undefined {
  try {
    return readFileSync(folders.record, "utf8");
  } catch {
    return undefined;
  }
}
