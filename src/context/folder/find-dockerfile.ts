import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { formatBytes } from "../../core/format-bytes.ts";
import { largeDockerfile } from "../context-fault.ts";
import { nearNames } from "../near-names.ts";
import { missingFolderDockerfile, unreadablePath } from "./folder-fault.ts";

/** A Dockerfile's path, from the folder or absolute, or its text. */
export type GivenDockerfile = { path: string } | { text: string };

export type FoundDockerfile = {
  text: string;
  /** Where it is in the folder; undefined when it is not in it. */
  path: string | undefined;
  /** Where a `.dockerignore` of its own would be: https://docs.docker.com/build/concepts/context/#filename-and-location */
  ignoreFiles: string[];
};

const MAX_TEXT = 1024 * 1024;

/** `folder` is without links. */
export async function findDockerfile(folder: string, dockerfile: GivenDockerfile): Promise<FoundDockerfile> {
  if ("text" in dockerfile) return { text: dockerfile.text, path: undefined, ignoreFiles: [] };
  const given = dockerfile.path;
  const file = resolve(folder, given);
  const stats = await stat(file).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT" && error.code !== "ENOTDIR") throw unreadablePath(given, error);
    throw missingFolderDockerfile(given, "there is no such file", await namesNear(folder, given));
  });
  if (!stats.isFile()) throw missingFolderDockerfile(given, "that is not a file", []);
  if (stats.size > MAX_TEXT) throw largeDockerfile(given, formatBytes(MAX_TEXT));
  const text = await readFile(file, "utf8").catch((error) => {
    throw unreadablePath(given, error);
  });
  const path = relative(folder, file);
  // A link within the folder may lead out of it, where the build could not follow.
  const isInside = isWithin(folder, file) && isWithin(folder, await realpath(file));
  return { text, path: isInside ? path : undefined, ignoreFiles: [`${file}.dockerignore`] };
}

function isWithin(folder: string, file: string): boolean {
  return file.startsWith(folder === sep ? sep : `${folder}${sep}`);
}

async function namesNear(folder: string, given: string): Promise<string[]> {
  const parent = dirname(given);
  const names = await readdir(resolve(folder, parent)).catch(() => []);
  return nearNames(given, parent === "." ? names : names.map((name) => `${parent}/${name}`));
}
