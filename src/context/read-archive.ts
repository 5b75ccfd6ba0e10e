import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Extract, extract } from "tar-stream";

export type ArchiveEntry = Extract extends AsyncIterable<infer Entry> ? Entry : never;

/**
 * The entries of a gzip-compressed tar, in their order. Each entry's content must be read or resumed before the
 * next one comes. Throws when the archive breaks off, and lets go of it when the reader stops early.
 */
export async function* readArchive(archive: Readable): AsyncGenerator<ArchiveEntry> {
  const entries = extract();
  const feeding = pipeline(archive, createGunzip(), entries as unknown as NodeJS.WritableStream);
  // An error reaches the reader through `entries` first; the same one is thrown again below.
  feeding.catch(() => {});
  for await (const entry of entries) yield entry;
  await feeding;
}
