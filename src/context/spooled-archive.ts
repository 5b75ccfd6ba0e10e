import type { Readable } from "node:stream";
import { formatBytes } from "../core/format-bytes.ts";
import type { ImageBuild } from "../core/image-build.ts";
import { CONFIG_FILE } from "../core/repo-config.ts";
import type { ArchiveSummary } from "./archive-summary.ts";
import { type FoundConfig, MAX_CONFIG } from "./config-search.ts";
import { largeDockerfile } from "./context-fault.ts";
import type { ArchiveIndex } from "./index-archive.ts";
import { nearNames } from "./near-names.ts";
import { openBuildContext } from "./open-build-context.ts";
import { planContext } from "./plan-context.ts";
import { readArchivedFile } from "./read-archived-file.ts";

/** An archive on the disk and what it holds. */
export type SpooledArchive = ArchiveSummary & {
  /** The configuration, links followed. */
  config(): Promise<FoundConfig>;
  /** Throws a BuildFault when the context's folder or the Dockerfile is missing. */
  open(image: Pick<ImageBuild, "context" | "dockerfile">): Readable;
};

const MAX_TEXT = 1024 * 1024;

export function spooledArchive(file: string, { unpackedBytes, paths, kept }: ArchiveIndex): SpooledArchive {
  return {
    unpackedBytes,
    has: (path) => paths.resolve(path) !== undefined,
    nearMissing(folder, path) {
      const root = paths.resolve(folder) ?? folder;
      if (paths.resolve(`${root}/${path}`) !== undefined) return undefined;
      return nearNames(path, pathsWithin(root));
    },
    text: async (path) => (await readFile(path, MAX_TEXT))?.toString("utf8"),
    async config() {
      if (paths.kind(CONFIG_FILE) !== "file") return undefined;
      return (await readFile(CONFIG_FILE, MAX_CONFIG))?.toString("utf8") ?? "too large";
    },
    open(image) {
      return openBuildContext(file, planContext(paths, image), async (path) => {
        const content = await readFile(path, MAX_TEXT);
        if (content === undefined) throw largeDockerfile(path, formatBytes(MAX_TEXT));
        return content;
      });
    },
  };

  function* pathsWithin(root: string): Generator<string> {
    const prefix = root === "" ? "" : `${root}/`;
    for (const kind of ["file", "folder"] as const)
      for (const path of paths.all(kind)) if (path.startsWith(prefix)) yield path.slice(prefix.length);
  }

  async function readFile(path: string, maxBytes: number): Promise<Buffer | undefined> {
    const found = paths.kind(path) === "file" ? paths.resolve(path) : undefined;
    if (found === undefined) return undefined;
    return kept.get(found) ?? (await readArchivedFile(file, found, maxBytes));
  }
}
