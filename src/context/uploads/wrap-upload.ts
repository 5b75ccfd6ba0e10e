import { createHash } from "node:crypto";
import { pipeline, Readable } from "node:stream";
import { pipeline as pipelineAsync } from "node:stream/promises";
import { createGzip, constants as zlib } from "node:zlib";
import { pack } from "tar-stream";
import { contextTooLarge } from "../context-too-large.ts";
import { readArchive } from "../read-archive.ts";

/** The folder that all of an upload goes into: what is read of archives everywhere has such a one. */
const TOP = "upload";

export type WrappedUpload = {
  archive: Readable;
  /** The SHA-256 of what was sent, once it has all been read. */
  contents(): string;
};

/**
 * Repacks a gzip-compressed tar of a build context as forges pack repositories. It fails with a BuildFault once more than
 * `limit` bytes have come: devices and the like, and what follows the tar's end, are not in what is repacked.
 */
export function wrapUpload(body: AsyncIterable<Uint8Array>, limit: number): WrappedUpload {
  const hash = createHash("sha256");
  let sent = 0;
  const tar = pack();
  const archive = createGzip({ level: zlib.Z_BEST_SPEED });
  pipeline(tar as unknown as Readable, archive, () => {}); // An error destroys both, and the reader sees it.
  repack().catch((error: Error) => tar.destroy(error));
  return { archive, contents: () => hash.digest("hex") };

  async function repack(): Promise<void> {
    for await (const entry of readArchive(Readable.from(hashed()))) {
      const { header } = entry;
      const linkname = header.type === "link" ? `${TOP}/${header.linkname}` : header.linkname;
      const wrapped = { ...header, name: `${TOP}/${header.name}`, ...(linkname ? { linkname } : {}) };
      // What was said beside the header of the longer names is said anew.
      const { pax: _, ...plain } = wrapped;
      await pipelineAsync(entry, tar.entry(plain as typeof wrapped) as unknown as NodeJS.WritableStream);
    }
    tar.finalize();
  }

  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const chunk of body) {
      sent += chunk.length;
      if (sent > limit) throw contextTooLarge("download", limit);
      hash.update(chunk);
      yield chunk;
    }
  }
}
