import { realpath, stat } from "node:fs/promises";
import { relative } from "node:path";
import type { Readable } from "node:stream";
import { type ContextLayout, layoutContext } from "../context-layout.ts";
import { findDockerfile, type GivenDockerfile } from "./find-dockerfile.ts";
import { largeFolder, missingFolder } from "./folder-fault.ts";
import { readIgnoredPaths } from "./ignored-paths.ts";
import { type FolderEntry, type FolderListing, listFolder } from "./list-folder.ts";
import { packFolder } from "./pack-folder.ts";

/** A local folder as a build context. */
export type FolderContext = ContextLayout &
  Pick<FolderListing, "ignored" | "leftOut"> & {
    /** The Dockerfile's text. */
    dockerfileText: string;
    files: number;
    /** Of all files together, as they were when they were listed. */
    bytes: number;
    /** Reads the folder anew at each call, as a gzip-compressed tar. `onRead` hears of each piece of a file, in bytes. */
    open(onRead: (bytes: number) => void): Readable;
  };

/** What an entry takes besides its content. */
const ENTRY_BYTES = 512;
const NAMED = 3;

/** Looks at all of the folder. Throws a BuildFault that says what of it cannot be sent, before anything is. */
export async function openFolderContext(
  path: string,
  dockerfile: GivenDockerfile,
  limit: number,
): Promise<FolderContext> {
  const folder = await realFolder(path);
  const found = await findDockerfile(folder, dockerfile);
  const ignored = await readIgnoredPaths([...found.ignoreFiles, `${folder}/.dockerignore`]);
  const kept = new Set([found.path, ignored.file && relative(folder, ignored.file.path)].filter(isDefined));
  const listing = await listFolder(folder, ignored, kept);
  const { entries } = listing;
  const sizes = entries.map(({ path, ...entry }) => ({ path, size: "size" in entry ? entry.size : 0 }));
  const bytes = sizes.reduce((sum, { size }) => sum + size, 0);
  if (bytes + entries.length * ENTRY_BYTES > limit) throw largeFolder(bytes, limit, largestOf(sizes));

  const layout = layoutContext({
    context: "",
    dockerfile: found.path === undefined ? { text: found.text } : { path: found.path },
  });
  const written = new Map<string, string>();
  if (found.path === undefined) {
    written.set(layout.dockerfile, found.text);
    if (ignored.file && found.ignoreFiles.includes(ignored.file.path))
      written.set(`${layout.dockerfile}.dockerignore`, ignored.file.text);
  }
  return {
    ...layout,
    dockerfileText: found.text,
    files: entries.filter(isFile).length,
    bytes,
    ignored: listing.ignored,
    leftOut: listing.leftOut,
    open: (onRead) => packFolder({ folder, entries, into: layout.contextFolder, written }, onRead),
  };
}

async function realFolder(path: string): Promise<string> {
  try {
    const folder = await realpath(path);
    if ((await stat(folder)).isDirectory()) return folder;
  } catch (error) {
    throw missingFolder(path, error as NodeJS.ErrnoException);
  }
  throw missingFolder(path, Object.assign(new Error(), { code: "ENOTDIR" }));
}

function largestOf(sizes: readonly { path: string; size: number }[]): [string, number][] {
  const sums = new Map<string, number>();
  for (const { path, size } of sizes) {
    const [top = path] = path.split("/", 1);
    sums.set(top, (sums.get(top) ?? 0) + size);
  }
  return [...sums].toSorted(([, one], [, other]) => other - one).slice(0, NAMED);
}

function isFile({ type }: FolderEntry): boolean {
  return type === "file";
}

function isDefined<Value>(value: Value | undefined): value is Value {
  return value !== undefined;
}
