import { createReadStream } from "node:fs";
import { archivePath } from "./archive-path.ts";
import { readArchive } from "./read-archive.ts";

/** One file out of an archive on the disk; undefined when it has none there, or a larger one. */
export async function readArchivedFile(
  archive: string,
  path: string,
  maxBytes: number,
): Promise<Buffer | undefined> {
  for await (const entry of readArchive(createReadStream(archive))) {
    const { type, name, size = 0 } = entry.header;
    if (type === "file" && archivePath(name) === path) {
      if (size > maxBytes) return undefined;
      const chunks: Buffer[] = [];
      for await (const chunk of entry as AsyncIterable<Buffer>) chunks.push(chunk);
      return Buffer.concat(chunks);
    }
    entry.resume();
  }
  return undefined;
}
