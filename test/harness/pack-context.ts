import type { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";

export type ContextFile = string | Buffer | { content: string | Buffer; mode: number };

/** A build context as the bot sends it. */
export function packContext(files: Record<string, ContextFile>): Readable {
  const tar = pack();
  for (const [name, file] of Object.entries(files)) {
    const { content, mode } =
      typeof file === "string" || Buffer.isBuffer(file) ? { content: file, mode: 0o644 } : file;
    tar.entry({ name, mode }, content);
  }
  tar.finalize();
  tar.on("error", () => {}); // The reader left before the end.
  return tar.pipe(createGzip());
}
