import { constants, type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { pipeline, type Readable } from "node:stream";
import { pipeline as pipelineAsync } from "node:stream/promises";
import { createGzip, constants as zlib } from "node:zlib";
import { type Pack, pack } from "tar-stream";
import { changedFile, replacedFile, unreadablePath } from "./folder-fault.ts";
import type { FolderEntry } from "./list-folder.ts";

type SentHeader = Parameters<Pack["entry"]>[0];

/** What is packed of a folder: its entries go into the tar's folder `into`, `written` lies beside that. */
export type FolderPacking = {
  folder: string;
  entries: readonly FolderEntry[];
  into: string;
  written: ReadonlyMap<string, string>;
};

const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
const MTIME = new Date(0);

/** The folder as a gzip-compressed tar, read as it is asked for. `onRead` hears of each piece of a file, in bytes. */
export function packFolder(packing: FolderPacking, onRead: (bytes: number) => void): Readable {
  const tar = pack();
  const buildContext = createGzip({ level: zlib.Z_BEST_SPEED });
  pipeline(tar as unknown as Readable, buildContext, () => {}); // An error destroys both, and the reader sees it.
  packAll().catch((error: Error) => tar.destroy(error));
  return buildContext;

  async function packAll(): Promise<void> {
    const { folder, entries, into, written } = packing;
    if (into !== "") await send({ name: `${into}/`, type: "directory", mode: 0o755, mtime: MTIME });
    for (const [name, text] of written) await send({ name, mode: 0o644, mtime: MTIME }, Buffer.from(text));
    for (const entry of entries) {
      const { path, mode, mtime, type } = entry;
      // Whoever owns it here is nobody in the build: all belongs to root there, as `docker build` has it.
      const header = { name: into === "" ? path : `${into}/${path}`, mode, mtime, uid: 0, gid: 0, type };
      if (type === "file") await sendFile(join(folder, path), entry.path, header);
      else await send(type === "symlink" ? { ...header, linkname: entry.linkname } : header);
    }
    tar.finalize();
  }

  async function sendFile(file: string, path: string, header: SentHeader): Promise<void> {
    // What became a pipe or a link since the listing must neither be waited for nor be followed.
    const handle = await open(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK).catch((error) => {
      throw error.code === "ELOOP" ? replacedFile(path) : unreadablePath(path, error);
    });
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) throw replacedFile(path);
      const sink = tar.entry({ ...header, size: stats.size }) as unknown as NodeJS.WritableStream;
      await pipelineAsync(exactly(handle, path, stats.size), sink);
    } finally {
      await handle.close();
    }
  }

  /** The file as long as it was when it was opened: the tar has said so by now. What is written to it later is not in it. */
  async function* exactly(handle: FileHandle, path: string, size: number): AsyncGenerator<Buffer> {
    if (size === 0) return;
    let read = 0;
    const content = handle.createReadStream({ end: size - 1, autoClose: false });
    content.on("error", () => {}); // The reader sees it.
    try {
      for await (const chunk of content as AsyncIterable<Buffer>) {
        read += chunk.length;
        onRead(chunk.length);
        yield chunk;
      }
    } catch (error) {
      throw unreadablePath(path, error as NodeJS.ErrnoException);
    }
    if (read < size) throw changedFile(path, size, read);
  }

  function send(header: SentHeader, content?: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      if (content === undefined) tar.entry(header, done);
      else tar.entry(header, content, done);
    });
  }
}
