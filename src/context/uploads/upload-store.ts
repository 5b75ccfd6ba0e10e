import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { BuildId } from "../../core/build-id.ts";
import { ConfigSearch } from "../config-search.ts";
import type { ContextLimits } from "../context-limits.ts";
import { contextTooLarge } from "../context-too-large.ts";
import { indexArchive } from "../index-archive.ts";
import { type SpooledArchive, spooledArchive } from "../spooled-archive.ts";
import { untilStalled } from "../until-stalled.ts";
import { noRoomForUpload } from "./upload-fault.ts";
import { wrapUpload } from "./wrap-upload.ts";

/** An upload that is on the disk, and not yet anybody's. */
export type ReceivedUpload = {
  /** The SHA-256 of what was sent. */
  contents: string;
  archive: SpooledArchive;
  /** Makes it the build's, and durable. */
  keepFor(id: BuildId): Promise<void>;
  discard(): Promise<void>;
};

/** Build contexts that people sent, on the disk until their builds have ended. */
export type UploadStore = {
  /** Reads all of it. Rejects with a BuildFault when it is too large, is no context, or there is no room for it. */
  receive(body: Readable): Promise<ReceivedUpload>;
  /** Undefined when it is not on this disk. */
  find(id: BuildId): Promise<SpooledArchive | undefined>;
  remove(id: BuildId): Promise<void>;
  /** The builds whose uploads are here; `isFresh`: it came just now, and its build may be about to be kept. What was broken off before it was anybody's is removed. */
  all(): Promise<{ id: BuildId; isFresh: boolean }[]>;
};

const ENDING = ".tar.gz";
const COMING = ".coming";

export async function createUploadStore(folder: string, limits: ContextLimits): Promise<UploadStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (id: BuildId) => join(folder, `${id}${ENDING}`);
  let held = await sizeOf(folder);

  return {
    async receive(body) {
      held = await sizeOf(folder); // Another process with the same folder may have removed some, or brought some.
      const file = join(folder, `${randomUUID()}${COMING}`);
      let bytes = 0;
      const discard = async () => {
        await rm(file, { force: true });
        held -= bytes;
        bytes = 0;
      };
      const count = (more: number) => {
        bytes += more;
        held += more;
        if (bytes > limits.archive) throw contextTooLarge("download", limits.archive);
        if (held > limits.spool) throw noRoomForUpload();
      };
      try {
        const { archive, contents } = wrapUpload(untilStalled(body, limits.stallMs), limits.archive);
        const index = await indexArchive(
          Readable.from(write(file, archive, count)),
          limits.archive,
          search(),
        );
        return {
          contents: contents(),
          archive: spooledArchive(file, index),
          async keepFor(id) {
            held -= await bytesOf(fileOf(id)); // The same may have been sent twice at once.
            await rename(file, fileOf(id));
            await using parent = await open(folder);
            await parent.sync();
            bytes = 0;
          },
          discard,
        };
      } catch (error) {
        await discard();
        throw error;
      }
    },

    async find(id) {
      const file = fileOf(id);
      if ((await stat(file).catch(() => undefined)) === undefined) return undefined;
      return spooledArchive(file, await indexArchive(createReadStream(file), limits.archive, search()));
    },

    async remove(id) {
      held -= await bytesOf(fileOf(id));
      await rm(fileOf(id), { force: true });
    },

    async all() {
      const names = await readdir(folder);
      for (const name of names.filter((each) => each.endsWith(COMING)))
        if (await isQuiet(join(folder, name), 2 * limits.stallMs))
          await rm(join(folder, name), { force: true });
      held = await sizeOf(folder);
      const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
      return Promise.all(
        (ids as BuildId[]).map(async (id) => ({
          id,
          isFresh: !(await isQuiet(fileOf(id), 2 * limits.stallMs)),
        })),
      );
    },
  };
}

async function* write(
  path: string,
  archive: Readable,
  count: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  await using file = await open(path, "wx", 0o600);
  for await (const chunk of archive as AsyncIterable<Uint8Array>) {
    count(chunk.length);
    await file.writeFile(chunk);
    yield chunk;
  }
  await file.sync();
}

/** Another process may have the same folder, and be writing there. */
async function isQuiet(file: string, milliseconds: number): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > milliseconds;
}

async function bytesOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function sizeOf(folder: string): Promise<number> {
  const sizes = (await readdir(folder)).map((name) => bytesOf(join(folder, name)));
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** What lies in an upload says nothing of triggers and images. */
function search(): ConfigSearch {
  return new ConfigSearch(() => {});
}
