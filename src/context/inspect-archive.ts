import type { Readable } from "node:stream";
import type { ArchiveSummary } from "./archive-summary.ts";
import { contextTooLarge } from "./context-too-large.ts";
import { readArchive } from "./read-archive.ts";
import { stripTopFolder } from "./strip-top-folder.ts";

/** What an entry takes besides its content: its header in the tar, and an inode in the build. */
const ENTRY_BYTES = 512;
const MAX_DOCKERFILE = 1024 * 1024;

/**
 * Reads a whole archive (a gzip-compressed tar under one top folder) and keeps only its summary.
 * Throws a BuildFault once more than `limit` bytes have been unpacked.
 */
export async function inspectArchive(
  archive: Readable,
  dockerfile: string,
  limit: number,
): Promise<ArchiveSummary> {
  const summary: ArchiveSummary = { unpackedBytes: 0, hasDockerfile: false };
  for await (const entry of readArchive(archive)) {
    const { header } = entry;
    const isDockerfile = stripTopFolder(header.name) === dockerfile && header.type !== "directory";
    const keep = isDockerfile && header.type === "file" && (header.size ?? 0) <= MAX_DOCKERFILE;
    const kept: Buffer[] = [];
    summary.unpackedBytes += ENTRY_BYTES;
    if (summary.unpackedBytes > limit) throw contextTooLarge("unpacked", limit);
    for await (const chunk of entry as AsyncIterable<Buffer>) {
      summary.unpackedBytes += chunk.length;
      if (summary.unpackedBytes > limit) throw contextTooLarge("unpacked", limit);
      if (keep) kept.push(chunk);
    }
    if (isDockerfile) summary.hasDockerfile = true;
    if (keep) summary.dockerfile = Buffer.concat(kept).toString("utf8");
  }
  return summary;
}
