import { open, rm } from "node:fs/promises";
import { addAbortSignal, Readable } from "node:stream";
import type { ConfigSearch } from "./config-search.ts";
import type { ContextLimits } from "./context-limits.ts";
import { contextTooLarge } from "./context-too-large.ts";
import { type ArchiveIndex, indexArchive } from "./index-archive.ts";
import { untilStalled } from "./until-stalled.ts";

/** Writes an archive to a file as it comes, and knows what it holds at its end. Leaves no file when it fails. */
export async function downloadArchive(
  archive: Readable,
  file: string,
  { archive: limit, stallMs }: Pick<ContextLimits, "archive" | "stallMs">,
  search: ConfigSearch,
  signal: AbortSignal,
): Promise<ArchiveIndex & { bytes: number }> {
  let bytes = 0;
  addAbortSignal(signal, archive);
  try {
    const index = await indexArchive(Readable.from(writeThrough()), limit, search);
    return { ...index, bytes };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }

  async function* writeThrough(): AsyncGenerator<Uint8Array> {
    await using target = await open(file, "wx", 0o600);
    for await (const chunk of untilStalled(archive, stallMs)) {
      bytes += chunk.length;
      if (bytes > limit) throw contextTooLarge("download", limit);
      await target.writeFile(chunk);
      yield chunk;
    }
  }
}
