import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

/** Files as a forge packs them: always the same bytes for the same files. */
export async function packArchive(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files))
    tar.entry({ name: `acme-shop-1a2b3c4/${name}`, mtime: new Date(0) }, content);
  tar.finalize();
  return gzipSync(await buffer(tar as unknown as Readable));
}
