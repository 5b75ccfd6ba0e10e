import { fsyncSync } from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";

/** PGlite's files on disk, with an fsync where PostgreSQL asks for one: Emscripten's file system has none. */
export class DurableNodeFs extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS["init"]>): ReturnType<NodeFS["init"]> {
    const { emscriptenOpts } = await super.init(pglite, options);
    return { emscriptenOpts: { ...emscriptenOpts, preRun: [...(emscriptenOpts.preRun ?? []), addFsync] } };
  }
}

type EmscriptenModule = Parameters<
  NonNullable<Awaited<ReturnType<NodeFS["init"]>>["emscriptenOpts"]["preRun"]>[number]
>[0];

function addFsync({ FS }: EmscriptenModule): void {
  FS.filesystems.NODEFS.stream_ops.fsync = ({ nfd }: { nfd: number }) => {
    fsyncSync(nfd);
    return 0;
  };
}

/** PGlite starts with `-F`, which leaves out fsync; and `fdatasync`, PostgreSQL's choice, is empty in Emscripten. */
export const durableStartParams = [
  ...PGlite.defaultStartParams.filter((param) => param !== "-F"),
  "-c",
  "wal_sync_method=fsync",
];
