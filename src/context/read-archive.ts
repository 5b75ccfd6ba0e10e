import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type Extract, extract } from "tar-stream";

export type ArchiveEntry = Extract extends AsyncIterable<infer Entry> ? Entry : never;

/** Devices, pipes and the like are in no repository. */
const TYPES_IN_GIT = ["file", "directory", "symlink", "link"];

/**
 * The entries of a gzip-compressed tar that Git can hold, in their order. Each entry's content must be read or resumed before the
 * next one comes. Throws when the archive breaks off, and lets go of it when the reader stops early. `begins` is told
 * how the tar begins.
 */
export async function* readArchive(
  archive: Readable,
  begins: (start: Buffer) => void = () => {},
): AsyncGenerator<ArchiveEntry> {
  const entries = extract();
  const unpacked = createGunzip();
  const feeding = pipeline(archive, unpacked, withStart(begins), entries as unknown as NodeJS.WritableStream);
  // An error reaches the reader through `entries` first; the same one is thrown again below.
  feeding.catch(() => {});
  for await (const entry of entries) {
    if (TYPES_IN_GIT.includes(entry.header.type ?? "")) yield entry;
    else entry.resume();
  }
  await feeding;
}

function withStart(begins: (start: Buffer) => void) {
  return async function* (tar: AsyncIterable<Buffer>) {
    let isStart = true;
    for await (const chunk of tar) {
      if (isStart) begins(chunk);
      isStart = false;
      yield chunk;
    }
  };
}
