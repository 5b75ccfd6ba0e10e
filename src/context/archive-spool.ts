import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { abortable } from "../core/abortable.ts";
import type { ImageBuild } from "../core/image-build.ts";
import { createRoom } from "../core/room.ts";
import type { ArchiveSummary } from "./archive-summary.ts";
import { ConfigSearch, type FoundConfig } from "./config-search.ts";
import type { ContextLimits } from "./context-limits.ts";
import { downloadArchive } from "./download-archive.ts";
import { openLater } from "./open-later.ts";
import { type SpooledArchive, spooledArchive } from "./spooled-archive.ts";
import { takeRoomFromIdle } from "./take-room-from-idle.ts";

export type { ArchiveSummary };

/** An archive that is, or will be, on the disk, held until it is let go of. */
export type HeldArchive = {
  /**
   * The text of the configuration at the repository's root, as soon as the stream has passed the place where it would
   * be; undefined when there is none. Rejects with what the download rejects with.
   */
  readonly config: Promise<FoundConfig>;
  /** All of it is on the disk. Rejects with a BuildFault when it is over its limit, or cannot be a repository's. */
  readonly whole: Promise<ArchiveSummary>;
  /**
   * Reads one image's build context anew at each call, laid out as layoutContext() says. A context folder or a
   * Dockerfile that is not there is a BuildFault: thrown, or the stream's error while the archive is still coming.
   */
  open(image: Pick<ImageBuild, "context" | "dockerfile">): Readable;
  release(): Promise<void>;
};

export type ArchiveSpool = {
  /**
   * Begins (or shares) the download named `key` and holds it until release(). Returns at once. Waits while the disk's
   * share is taken. `signal` ends this holder's waiting; the download ends when the last holder leaves.
   */
  hold(key: string, fetch: FetchArchive, signal: AbortSignal): HeldArchive;
};

type FetchArchive = (signal: AbortSignal) => Promise<Readable>;
type Shared = {
  key: string;
  file: string;
  holders: number;
  abandoned: AbortController;
  config: Promise<FoundConfig>;
  whole: Promise<SpooledArchive>;
  /** Set once it is there. */
  spooled?: { archive: SpooledArchive; freeRoom: () => void };
  expiry?: NodeJS.Timeout;
};

/** An event's builds are taken from the queue soon after its archive was read for its configuration. */
const KEEP_MS = 60_000;

/**
 * Keeps archives under `folder`, which it empties at first: what a crashed process left there is of no use. An archive
 * that nobody holds any more stays for a while, unless its room is needed.
 */
export async function createArchiveSpool(
  folder: string,
  limits: ContextLimits,
  keepMs: number = KEEP_MS,
): Promise<ArchiveSpool> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const room = createRoom(limits.spool);
  const known = new Map<string, Shared>();
  /** In the order in which their last holders left. */
  const idle = new Set<Shared>();
  let count = 0;
  let wanting = 0;

  return {
    hold(key, fetch, signal) {
      const shared = known.get(key) ?? start(key, fetch);
      shared.holders += 1;
      clearTimeout(shared.expiry);
      idle.delete(shared);
      let left: Promise<void> | undefined;
      const leave = () => {
        signal.removeEventListener("abort", leave);
        left ??= letGo(shared);
        return left;
      };
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
      const config = abortable(shared.config, signal);
      const whole = abortable(shared.whole, signal);
      for (const awaited of [config, whole]) awaited.catch(() => {}); // Not every holder awaits both.
      return {
        config,
        whole,
        open: (image) => shared.spooled?.archive.open(image) ?? openLater(whole, image),
        release: leave,
      };
    },
  };

  function start(key: string, fetch: FetchArchive): Shared {
    count += 1;
    const config = Promise.withResolvers<FoundConfig>();
    const shared: Shared = {
      key,
      file: join(folder, `${count}.tar.gz`),
      holders: 0,
      abandoned: new AbortController(),
      config: config.promise,
      whole: Promise.resolve().then(() => download(shared, fetch, config.resolve)),
    };
    known.set(key, shared);
    shared.whole.catch((error) => {
      config.reject(error);
      forget(shared); // Whoever comes now begins anew.
    });
    config.promise.catch(() => {}); // Every holder hears of it.
    return shared;
  }

  async function download(
    shared: Shared,
    fetch: FetchArchive,
    settleConfig: (config: FoundConfig) => void,
  ): Promise<SpooledArchive> {
    const { file, abandoned } = shared;
    const { signal } = abandoned;
    const search = new ConfigSearch(settleConfig);
    // Nobody knows an archive's size beforehand: room for the largest is taken, and the rest given back.
    const most = Math.min(limits.archive, limits.spool);
    wanting += 1;
    const taken = await takeRoomFromIdle(room, most, idle, discard, signal).finally(() => {
      wanting -= 1;
    });
    try {
      const own = { archive: most, stallMs: limits.stallMs };
      const { bytes, ...index } = await downloadArchive(await fetch(signal), file, own, search, signal);
      taken.shrink(bytes);
      const archive = spooledArchive(file, index);
      shared.spooled = { archive, freeRoom: taken.free };
      // By now only a link may still lead to one.
      if (!search.isOver) search.finds(await archive.config());
      return archive;
    } catch (error) {
      taken.free();
      throw error;
    }
  }

  async function letGo(shared: Shared): Promise<void> {
    shared.holders -= 1;
    if (shared.holders > 0) return;
    if (!shared.spooled || wanting > 0) return discard(shared);
    idle.add(shared);
    shared.expiry = setTimeout(() => void discard(shared), keepMs).unref();
  }

  async function discard(shared: Shared): Promise<void> {
    forget(shared);
    idle.delete(shared);
    clearTimeout(shared.expiry);
    shared.abandoned.abort(new Error("no build waits for this archive any more"));
    await shared.whole.catch(() => {});
    await rm(shared.file, { force: true });
    shared.spooled?.freeRoom();
  }

  function forget(shared: Shared): void {
    if (known.get(shared.key) === shared) known.delete(shared.key);
  }
}
