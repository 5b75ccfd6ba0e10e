import type { Readable } from "node:stream";
import { CONFIG_FILE } from "../core/repo-config.ts";
import { archivePath } from "./archive-path.ts";
import { ArchivePaths } from "./archive-paths.ts";
import { type ConfigSearch, MAX_CONFIG } from "./config-search.ts";
import { contextTooLarge } from "./context-too-large.ts";
import { type ArchiveEntry, readArchive } from "./read-archive.ts";

export type ArchiveIndex = {
  unpackedBytes: number;
  paths: ArchivePaths;
  /** Files that are likely to be asked for. */
  kept: Map<string, Buffer>;
};

/** What an entry takes besides its content: its header in the tar, and an inode in the build. */
const ENTRY_BYTES = 512;
const LIKELY_ASKED_FOR = /(?:^|[/.])(?:Docker|Container)file[^/]*$/i;
const MAX_KEPT_FILE = 64 * 1024;
const MAX_KEPT = 1024 * 1024;

/**
 * Reads a whole archive (a gzip-compressed tar under one top folder) and keeps what is to be known of it. Throws a
 * BuildFault once more than `limit` bytes have been unpacked, or when something lies where it cannot.
 */
export async function indexArchive(
  archive: Readable,
  limit: number,
  search: ConfigSearch,
): Promise<ArchiveIndex> {
  const index: ArchiveIndex = { unpackedBytes: 0, paths: new ArchivePaths(), kept: new Map() };
  let keptBytes = 0;
  for await (const entry of readArchive(archive, (start) => search.begins(start))) {
    const { header } = entry;
    const path = archivePath(header.name);
    const isFolder = header.type === "directory";
    const size = header.size ?? 0;
    search.meets(path, isFolder);
    if (path !== "") index.paths.add(path, header);
    const isConfig = path === CONFIG_FILE && header.type === "file";
    const isKept = LIKELY_ASKED_FOR.test(path) && size <= MAX_KEPT_FILE && keptBytes + size <= MAX_KEPT;
    count(ENTRY_BYTES);
    const content = await read(entry, isKept || (isConfig && size <= MAX_CONFIG));
    if (isKept && header.type === "file") {
      keptBytes += size;
      index.kept.set(path, content);
    }
    if (isConfig) search.finds(size <= MAX_CONFIG ? content.toString("utf8") : "too large");
  }
  return index;

  function count(bytes: number): void {
    index.unpackedBytes += bytes;
    if (index.unpackedBytes > limit) throw contextTooLarge("unpacked", limit);
  }

  async function read(entry: ArchiveEntry, isWanted: boolean): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      count(chunk.length);
      if (isWanted) chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
