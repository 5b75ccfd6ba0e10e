import { once } from "node:events";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { extract } from "tar-stream";
import { ELF_HEAD_BYTES } from "../../core/verification/elf-architecture.ts";
import { linkTarget, tidy } from "../../core/verification/program-paths.ts";

/** What a layer has under a path: a file's first bytes, where a link leads, or that it takes the file away. */
export type LayerFind = { path: string } & ({ head: Uint8Array } | { leadsTo: string } | { removed: true });

const GZIP = [0x1f, 0x8b];
/** A small layer can be unpacked to a thousand times its size. */
const MAX_UNPACKED = 512 * 1024 * 1024;

/** Reads a layer until one of the paths is found in it; undefined when none is. Throws when it is too large. */
export async function findInLayer(
  layer: Readable,
  paths: readonly string[],
  maxUnpacked = MAX_UNPACKED,
): Promise<LayerFind | undefined> {
  await once(layer, "readable");
  const first = layer.read() as Buffer | null;
  if (first === null) return undefined;
  layer.unshift(first);
  const isGzip = GZIP.every((byte, at) => first[at] === byte);
  const tar = extract();
  const gunzip = isGzip ? createGunzip() : undefined;
  const fail = (error: Error) => tar.destroy(error);
  layer.on("error", fail);
  gunzip?.on("error", fail);
  let unpacked = 0;
  const unpack = gunzip ? layer.pipe(gunzip) : layer;
  unpack.on("data", (chunk: Buffer) => {
    unpacked += chunk.length;
    if (unpacked > maxUnpacked) fail(new Error(`a layer of more than ${maxUnpacked} bytes`));
  });
  unpack.pipe(tar);
  try {
    for await (const entry of tar) {
      const found = await look(entry as unknown as Readable, entry.header, paths);
      if (found) return found;
      entry.resume();
    }
    return undefined;
  } finally {
    layer.destroy();
    gunzip?.destroy();
    tar.destroy();
  }
}

async function look(
  entry: Readable,
  { name, type, linkname }: { name: string; type?: string | null; linkname?: string | null },
  paths: readonly string[],
): Promise<LayerFind | undefined> {
  const at = tidy(name);
  const whiteout = paths.find((path) => isWhiteout(at, path));
  if (whiteout !== undefined) return { path: whiteout, removed: true };
  if (!paths.includes(at)) return undefined;
  if (type === "symlink" || type === "link") {
    const leadsTo = linkTarget(type === "link" ? "" : at, linkname ?? "");
    return leadsTo === undefined ? { path: at, removed: true } : { path: at, leadsTo };
  }
  return type === "file" || type === "contiguous-file" ? { path: at, head: await headOf(entry) } : undefined;
}

/** https://github.com/opencontainers/image-spec/blob/main/layer.md#whiteouts */
function isWhiteout(at: string, path: string): boolean {
  const slash = path.lastIndexOf("/") + 1;
  return at === `${path.slice(0, slash)}.wh.${path.slice(slash)}`;
}

async function headOf(entry: Readable): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of entry) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes >= ELF_HEAD_BYTES) break;
  }
  return new Uint8Array(Buffer.concat(chunks).subarray(0, ELF_HEAD_BYTES));
}
