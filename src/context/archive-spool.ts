import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { abortable } from "../core/abortable.ts";
import { createRoom } from "../core/room.ts";
import { takeRoom } from "../core/take-room.ts";
import type { ArchiveSummary } from "./archive-summary.ts";
import type { ContextLimits } from "./context-limits.ts";
import { contextTooLarge } from "./context-too-large.ts";
import { inspectArchive } from "./inspect-archive.ts";
import { openBuildContext } from "./open-build-context.ts";
import { untilStalled } from "./until-stalled.ts";

/** An archive on the disk, held for one build until it lets go. */
export type SpooledArchive = ArchiveSummary & {
  /** Reads the build context anew at each call. */
  open(): Readable;
  /** The file is removed when the last build that holds it lets go. */
  release(): Promise<void>;
};

export type ArchiveSpool = {
  /**
   * Holds the archive named `key`, downloading it with `fetch` unless another build holds it already. Waits while
   * the disk's share is taken. Throws a BuildFault when the archive is over its limit. `signal` ends the waiting of
   * this build; the download itself ends when the last build that waits for it leaves.
   */
  hold(key: string, dockerfile: string, fetch: FetchArchive, signal: AbortSignal): Promise<SpooledArchive>;
};

type FetchArchive = (signal: AbortSignal) => Promise<Readable>;
type Shared = { holders: number; path: string; abandoned: AbortController; download: Promise<Download> };

/** Keeps archives under `folder`, which it empties at first: what a crashed process left there is of no use. */
export async function createArchiveSpool(folder: string, limits: ContextLimits): Promise<ArchiveSpool> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const room = createRoom(limits.spool);
  const held = new Map<string, Shared>();
  let count = 0;

  return {
    async hold(key, dockerfile, fetch, signal) {
      const shareKey = JSON.stringify([key, dockerfile]);
      const shared = held.get(shareKey) ?? start();
      shared.holders += 1;
      try {
        const { summary } = await abortable(shared.download, signal);
        return { ...summary, open: () => openBuildContext(shared.path), release };
      } catch (error) {
        await release();
        throw error;
      }

      function start() {
        count += 1;
        const path = join(folder, `${count}.tar.gz`);
        const abandoned = new AbortController();
        const started = {
          holders: 0,
          path,
          abandoned,
          download: download(path, dockerfile, fetch, abandoned.signal),
        };
        started.download.catch(() => {}); // Every holder hears of it.
        held.set(shareKey, started);
        return started;
      }

      async function release(): Promise<void> {
        shared.holders -= 1;
        if (shared.holders > 0) return;
        if (held.get(shareKey) === shared) held.delete(shareKey);
        shared.abandoned.abort(new Error("no build waits for this archive any more"));
        await shared.download.then(({ freeRoom }) => freeRoom()).catch(() => {});
        await rm(shared.path, { force: true });
      }
    },
  };

  /** Nobody knows an archive's size beforehand: room for the largest is taken, and the rest given back. */
  async function download(
    path: string,
    dockerfile: string,
    fetch: FetchArchive,
    signal: AbortSignal,
  ): Promise<Download> {
    const most = Math.min(limits.archive, limits.spool);
    const taken = await takeRoom(room, most, signal);
    try {
      const { summary, bytes } = await spool(await fetch(signal), path, dockerfile, most, limits.stallMs);
      taken.shrink(bytes);
      return { summary, freeRoom: taken.free };
    } catch (error) {
      taken.free();
      throw error;
    }
  }
}

type Download = { summary: ArchiveSummary; freeRoom: () => void };

async function spool(archive: Readable, path: string, dockerfile: string, limit: number, stallMs: number) {
  let bytes = 0;
  const summary = await inspectArchive(Readable.from(writeThrough()), dockerfile, limit);
  return { summary, bytes };

  async function* writeThrough(): AsyncGenerator<Uint8Array> {
    await using file = await open(path, "wx", 0o600);
    for await (const chunk of untilStalled(archive, stallMs)) {
      bytes += chunk.length;
      if (bytes > limit) throw contextTooLarge("download", limit);
      await file.writeFile(chunk);
      yield chunk;
    }
  }
}
