import { readFile } from "node:fs/promises";
import dockerignore from "@balena/dockerignore";
import { unreadablePath } from "./folder-fault.ts";

/** What a `.dockerignore` leaves out. */
export type IgnoredPaths = {
  /** Undefined when there is none. */
  readonly file: { path: string; text: string } | undefined;
  ignores(path: string): boolean;
  /** Something below an ignored folder may be wanted again, with `!`. */
  readonly hasExceptions: boolean;
};

/**
 * Reads the first of the files that is there. Kaniko applies it again, as it understands it: what is left out here need
 * only not travel.
 */
export async function readIgnoredPaths(candidates: readonly string[]): Promise<IgnoredPaths> {
  for (const path of candidates) {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
      throw unreadablePath(path, error);
    });
    if (text === undefined) continue;
    const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
    const rules = dockerignore.default({ ignorecase: false }).add(lines);
    const hasExceptions = lines.some((line) => line.trim().startsWith("!"));
    return { file: { path, text }, ignores: (ignored) => rules.ignores(ignored), hasExceptions };
  }
  return { file: undefined, ignores: () => false, hasExceptions: false };
}
