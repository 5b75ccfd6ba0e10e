import { posix } from "node:path";
import { archivePath, MAX_PATH } from "./archive-path.ts";
import { tooManyPaths, unsafeArchive } from "./context-fault.ts";
import type { ArchiveEntry } from "./read-archive.ts";

/** `to`: the path that a link leads to; undefined when that is not in the repository. */
type Place = "file" | "folder" | { to: string | undefined };

/** About what the paths take in memory: half a million of them fit. */
const MAX_BYTES = 64 * 1024 * 1024;
const BYTES_PER_PATH = 64;
/** As Linux has it: https://man7.org/linux/man-pages/man7/path_resolution.7.html */
const MAX_LINKS = 40;

/** What an archive holds, by its path from the repository's root. */
export class ArchivePaths {
  readonly #places = new Map<string, Place>([["", "folder"]]);
  #bytes = 0;

  /** Throws a BuildFault when it cannot lie there, or when there are too many. */
  add(path: string, { type, linkname }: Pick<ArchiveEntry["header"], "type" | "linkname">): void {
    this.#addFolder(type === "directory" ? path : parentOf(path));
    if (type === "directory") return;
    if (this.#places.has(path)) throw unsafeArchive(path);
    this.#set(path, placeOf(path, type, linkname ?? ""));
  }

  /** The path of the file or folder itself, links followed; undefined when there is none. */
  resolve(path: string): string | undefined {
    let at = "";
    let left = segmentsOf(path);
    for (let links = 0; left.length > 0; ) {
      const [next = "", ...others] = left;
      const here = at === "" ? next : `${at}/${next}`;
      const place = this.#places.get(here);
      if (place === undefined) return undefined;
      left = others;
      if (typeof place === "string") at = here;
      else if (place.to === undefined || ++links > MAX_LINKS) return undefined;
      else [at, left] = ["", [...segmentsOf(place.to), ...others]];
    }
    return at;
  }

  /** What is there, links followed. */
  kind(path: string): "file" | "folder" | undefined {
    const resolved = this.resolve(path);
    const place = resolved === undefined ? undefined : this.#places.get(resolved);
    return typeof place === "string" ? place : undefined;
  }

  isLink(path: string): boolean {
    return typeof this.#places.get(path) === "object";
  }

  *all(kind: "file" | "folder"): Generator<string> {
    for (const [path, place] of this.#places) if (place === kind && path !== "") yield path;
  }

  #addFolder(path: string): void {
    const place = this.#places.get(path);
    if (place === "folder") return;
    // Nothing lies within a file, and what lies within a link would be written to wherever that leads.
    if (place !== undefined) throw unsafeArchive(path);
    this.#addFolder(parentOf(path));
    this.#set(path, "folder");
  }

  #set(path: string, place: Place): void {
    this.#bytes += path.length + BYTES_PER_PATH;
    if (this.#bytes > MAX_BYTES) throw tooManyPaths(this.#places.size);
    this.#places.set(path, place);
  }
}

function placeOf(path: string, type: string | null | undefined, linkname: string): Place {
  // A hard link names its target from the archive's root, a symbolic link from its own folder.
  if (type === "link") return { to: archivePath(linkname) };
  if (type !== "symlink") return "file";
  if (linkname.startsWith("/") || linkname.length > MAX_PATH) return { to: undefined };
  const to = posix.join(parentOf(path), linkname);
  return { to: to === ".." || to.startsWith("../") ? undefined : to };
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "" && segment !== ".");
}
