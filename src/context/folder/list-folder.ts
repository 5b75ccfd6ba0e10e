import { constants, lstat, open, readdir, readlink } from "node:fs/promises";
import { join } from "node:path";
import { unreadablePath } from "./folder-fault.ts";
import type { IgnoredPaths } from "./ignored-paths.ts";

/** Something in a folder that goes into a build context. `path` is from the folder, with slashes. */
export type FolderEntry = { path: string; mode: number; mtime: Date } & (
  | { type: "file"; size: number }
  | { type: "directory" }
  | { type: "symlink"; linkname: string }
);

export type FolderListing = {
  entries: FolderEntry[];
  /** What the `.dockerignore` names: a folder that is left out as a whole counts once. */
  ignored: number;
  /** What no build context can hold, each with what it is: `run/app.sock: a socket`. */
  leftOut: string[];
};

/** Everything below the folder but what is ignored, in the order of names; `kept` is never ignored. */
export async function listFolder(
  folder: string,
  ignored: IgnoredPaths,
  kept: ReadonlySet<string>,
): Promise<FolderListing> {
  const listing: FolderListing = { entries: [], ignored: 0, leftOut: [] };
  await listBelow("");
  return listing;

  async function listBelow(path: string): Promise<void> {
    const names = await readdir(join(folder, path)).catch((error) => {
      throw unreadablePath(path === "" ? folder : path, error);
    });
    for (const name of names.toSorted()) await listOne(path === "" ? name : `${path}/${name}`);
  }

  async function listOne(path: string): Promise<void> {
    const isIgnored = ignored.ignores(path) && !kept.has(path);
    if (isIgnored && !mayHoldKept(path)) {
      listing.ignored += 1;
      return;
    }
    const stats = await lstat(join(folder, path)).catch((error) => {
      throw unreadablePath(path, error);
    });
    const about = { path, mode: stats.mode & 0o7777, mtime: stats.mtime };
    if (stats.isDirectory()) {
      const at = listing.entries.push({ ...about, type: "directory" });
      await listBelow(path);
      // Of an ignored folder only what is wanted again is left, and the folders above it.
      if (isIgnored && listing.entries.length === at) listing.entries.pop();
    } else if (isIgnored) listing.ignored += 1;
    else if (stats.isFile()) {
      // Better told now than when half of the context is in the cluster.
      const handle = await open(join(folder, path), constants.O_RDONLY | constants.O_NONBLOCK).catch(
        (error) => {
          throw unreadablePath(path, error);
        },
      );
      await handle.close();
      listing.entries.push({ ...about, type: "file", size: stats.size });
    } else if (stats.isSymbolicLink()) {
      const linkname = await readlink(join(folder, path)).catch((error) => {
        throw unreadablePath(path, error);
      });
      listing.entries.push({ ...about, type: "symlink", linkname });
    } else listing.leftOut.push(`${path}: ${kindOf(stats)}`);
  }

  function mayHoldKept(path: string): boolean {
    return ignored.hasExceptions || [...kept].some((each) => each.startsWith(`${path}/`));
  }
}

type Kinds = Record<"isSocket" | "isFIFO" | "isBlockDevice", () => boolean>;

function kindOf(stats: Kinds): string {
  if (stats.isSocket()) return "a socket";
  if (stats.isFIFO()) return "a named pipe";
  return stats.isBlockDevice() ? "a block device" : "a character device";
}
