import { createReadStream } from "node:fs";
import { pipeline, type Readable } from "node:stream";
import { pipeline as pipelineAsync } from "node:stream/promises";
import { createGzip, constants as zlib } from "node:zlib";
import { type Header, type Pack, pack } from "tar-stream";
import { readArchive } from "./read-archive.ts";
import { stripTopFolder } from "./strip-top-folder.ts";

/**
 * The build context that an archive file holds: the same files without the forge's top folder, as a gzip-compressed
 * tar. The folder's name is not known before the archive is, and the builder is started before that.
 */
export function openBuildContext(archivePath: string): Readable {
  const repacked = pack();
  // The context only travels within the cluster: the fastest compression costs the bot least.
  const buildContext = createGzip({ level: zlib.Z_BEST_SPEED });
  pipeline(repacked as unknown as Readable, buildContext, () => {}); // An error destroys both, and the reader sees it.
  repack(createReadStream(archivePath), repacked).catch((error: Error) => repacked.destroy(error));
  return buildContext;
}

async function repack(archive: Readable, repacked: Pack): Promise<void> {
  for await (const entry of readArchive(archive)) {
    const header = stripHeader(entry.header);
    if (header === undefined) entry.resume();
    else await pipelineAsync(entry, repacked.entry(header) as unknown as NodeJS.WritableStream);
  }
  repacked.finalize();
}

/** Undefined for the top folder itself. */
function stripHeader(header: Header): Parameters<Pack["entry"]>[0] | undefined {
  const name = stripTopFolder(header.name);
  if (name === "") return undefined;
  const { mode, mtime, size, type, linkname } = header;
  // A hard link names its target from the archive's root, a symbolic link from its own folder.
  const target = type === "link" && linkname ? stripTopFolder(linkname) : linkname;
  return { name, mode, mtime, size, type, ...(target ? { linkname: target } : {}) };
}
