import { lstatSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { ClusterFolders } from "../folders.ts";
import { isClaimed } from "./cluster-record.ts";

/** Removes a stopped cluster's files, but for what was pushed to its registry. */
export function removeFiles(folders: ClusterFolders): void {
  if (!isClaimed(folders)) return;
  removeLogLinks(folders);
  rmSync(folders.run, { recursive: true, force: true });
  const kept = [folders.registry, folders.record];
  for (const file of list(folders.state).map((name) => join(folders.state, name))) {
    if (!kept.includes(file)) rmSync(file, { recursive: true, force: true });
  }
}

/** The kubelet links every container's log into a folder of the machine that no setting moves. */
function removeLogLinks(folders: ClusterFolders): void {
  const folder = "/var/log/containers";
  for (const file of list(folder).map((name) => join(folder, name))) {
    if (lstatSync(file).isSymbolicLink() && readlinkSync(file).startsWith(`${folders.state}/`)) rmSync(file);
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
