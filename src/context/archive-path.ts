import { unsafeArchive } from "./context-fault.ts";

/** https://man7.org/linux/man-pages/man3/realpath.3.html (PATH_MAX) */
export const MAX_PATH = 4096;

/**
 * Where an entry of an archive lies in the repository: forges pack everything under one top folder, such as
 * `acme-shop-1a2b3c4/`, whose own path is `""`. Throws a BuildFault for a path that leads out of the repository.
 */
export function archivePath(name: string): string {
  if (name.length > MAX_PATH || name.includes("\0")) throw unsafeArchive(name);
  const segments = name.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) throw unsafeArchive(name);
  return segments.slice(1).join("/");
}
