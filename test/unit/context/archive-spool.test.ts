import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { extract, type Header, pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createArchiveSpool } from "../../../src/context/archive-spool.ts";

const MiB = 2 ** 20;
const limits = { archive: 4 * MiB, spool: 8 * MiB, stallMs: 50 };
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spool-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type File = Partial<Header> & { name: string; content?: string | Buffer };

async function archiveOf(files: File[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = "", ...header } of files) tar.entry(header, content);
  tar.finalize();
  return gzipSync(await buffer(tar as unknown as Readable));
}

async function entriesOf(
  buildContext: Readable,
): Promise<Record<string, Partial<Header> & { content: string }>> {
  const entries: Record<string, Partial<Header> & { content: string }> = {};
  const tar = extract();
  tar.end(gunzipSync(await buffer(buildContext)));
  for await (const entry of tar) {
    const content = await buffer(entry as unknown as Readable);
    entries[entry.header.name] = { ...entry.header, content: content.toString() };
  }
  return entries;
}

/** A spool whose builds never leave before their time, unless a test says so. */
async function openSpool(spoolFolder: string, spoolLimits = limits) {
  const spool = await createArchiveSpool(spoolFolder, spoolLimits);
  const never = new AbortController().signal;
  type Hold = Parameters<typeof spool.hold>;
  return {
    hold: (key: Hold[0], dockerfile: Hold[1], download: Hold[2], signal = never) =>
      spool.hold(key, dockerfile, download, signal),
  };
}

const fetch = (archive: Buffer) => async () => Readable.from([archive]);
const longName = `${"d".repeat(90)}/${"e".repeat(90)}/${"f".repeat(90)}.txt`;
const sample: File[] = [
  { name: "acme-shop-1a2b3c4/", type: "directory", mode: 0o755 },
  { name: "acme-shop-1a2b3c4/Dockerfile", content: "FROM scratch\n", mode: 0o644 },
  { name: "acme-shop-1a2b3c4/main", content: "#!/bin/sh\n", mode: 0o755 },
  { name: `acme-shop-1a2b3c4/${longName}`, content: "deep" },
  { name: "acme-shop-1a2b3c4/hard", type: "link", linkname: "acme-shop-1a2b3c4/main" },
  { name: "acme-shop-1a2b3c4/sub/soft", type: "symlink", linkname: "../main" },
];

describe("context/archive-spool", () => {
  it("gives the same files without the top folder, with their modes and links, as often as asked", async () => {
    const spool = await openSpool(folder, limits);
    const archive = await spool.hold("key", "Dockerfile", fetch(await archiveOf(sample)));
    for (let times = 0; times < 2; times++) {
      const entries = await entriesOf(archive.open());
      expect(Object.keys(entries).sort()).toEqual(
        ["Dockerfile", longName, "hard", "main", "sub/soft"].sort(),
      );
      expect(entries.main).toMatchObject({ mode: 0o755, content: "#!/bin/sh\n" });
      expect(entries[longName]).toMatchObject({ content: "deep" });
      expect(entries.hard).toMatchObject({ type: "link", linkname: "main" });
      expect(entries["sub/soft"]).toMatchObject({ type: "symlink", linkname: "../main" });
    }
    await archive.release();
  });

  it("knows the Dockerfile by its exact path", async () => {
    const spool = await openSpool(folder, limits);
    const archive = fetch(await archiveOf(sample));
    expect(await spool.hold("a", "Dockerfile", archive)).toMatchObject({
      hasDockerfile: true,
      dockerfile: "FROM scratch\n",
    });
    expect(await spool.hold("a", "dockerfile", archive)).toMatchObject({ hasDockerfile: false });
    expect(await spool.hold("a", "sub/soft", archive)).toMatchObject({ hasDockerfile: true });
  });

  it("downloads once for builds that hold at the same time, and removes the file after the last", async () => {
    const spool = await openSpool(folder, limits);
    const archive = await archiveOf(sample);
    let downloads = 0;
    const counting = async () => {
      downloads += 1;
      return Readable.from([archive]);
    };
    const [one, other] = await Promise.all([
      spool.hold("key", "Dockerfile", counting),
      spool.hold("key", "Dockerfile", counting),
    ]);
    expect(downloads).toBe(1);
    await one.release();
    expect(Object.keys(await entriesOf(other.open()))).toContain("main");
    await other.release();
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    [
      "downloaded",
      Buffer.from(Array.from({ length: 5 * MiB }, (_, index) => (index * 7919 * index) % 251)),
      "is larger than 4 MiB",
    ],
    ["unpacked", Buffer.alloc(5 * MiB), "unpacks to more than 4 MiB"],
  ])(
    "refuses an archive that is too large as %s, and leaves nothing on the disk",
    async (_, content, words) => {
      const spool = await openSpool(folder, limits);
      const archive = await archiveOf([{ name: "top/big", content }]);
      const oversized = words.startsWith("is larger") ? gzipSync(gunzipSync(archive), { level: 0 }) : archive;
      const held = spool.hold("key", "Dockerfile", fetch(oversized));
      await expect(held).rejects.toMatchObject({
        diagnosis: { class: "permanent", code: "context-too-large", title: expect.stringContaining(words) },
      });
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it.each([
    ["breaks off", (archive: Buffer) => archive.subarray(0, archive.length / 2)],
    ["is no archive", () => Buffer.from("<html>")],
  ])(
    "rejects when the download %s, leaves nothing behind, and tries anew the next time",
    async (_, damage) => {
      const spool = await openSpool(folder, limits);
      const archive = await archiveOf(sample);
      await expect(spool.hold("key", "Dockerfile", fetch(damage(archive)))).rejects.toThrow();
      expect(await readdir(folder)).toEqual([]);
      expect(await spool.hold("key", "Dockerfile", fetch(archive))).toMatchObject({ hasDockerfile: true });
    },
  );

  it("rejects when the stream itself fails", async () => {
    const spool = await openSpool(folder, limits);
    const archive = await archiveOf(sample);
    async function* broken() {
      yield archive.subarray(0, 100);
      throw new Error("connection reset");
    }
    await expect(spool.hold("key", "Dockerfile", async () => Readable.from(broken()))).rejects.toThrow(
      "connection reset",
    );
  });

  it("goes on downloading for the others when one build leaves, and stops when the last one does", async () => {
    const spool = await openSpool(folder);
    const archive = await archiveOf(sample);
    const gate = Promise.withResolvers<void>();
    let download: AbortSignal | undefined;
    const slow = async (signal: AbortSignal) => {
      download = signal;
      await gate.promise;
      signal.throwIfAborted();
      return Readable.from([archive]);
    };
    const leaving = new AbortController();
    const first = spool.hold("key", "Dockerfile", slow, leaving.signal);
    const second = spool.hold("key", "Dockerfile", slow);
    leaving.abort(new Error("left"));
    await expect(first).rejects.toThrow("left");
    expect(download?.aborted).toBe(false);
    gate.resolve();
    const held = await second;
    expect(held).toMatchObject({ hasDockerfile: true });
    await held.release();
    expect(download?.aborted).toBe(true);
  });

  it("counts entries without content against the limit as well", async () => {
    const spool = await openSpool(folder, { ...limits, archive: 100 * 512 });
    const empty = Array.from({ length: 200 }, (_, index) => ({ name: `top/${index}` }));
    await expect(spool.hold("key", "Dockerfile", fetch(await archiveOf(empty)))).rejects.toMatchObject({
      diagnosis: { code: "context-too-large" },
    });
  });

  it("keeps to the disk's share even where one archive may be larger than that", async () => {
    const spool = await openSpool(folder, { ...limits, spool: 1000 });
    const archive = await archiveOf([
      { name: "top/big", content: Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i) % 251)) },
    ]);
    await expect(spool.hold("key", "Dockerfile", fetch(archive))).rejects.toMatchObject({
      diagnosis: { code: "context-too-large" },
    });
  });

  it("rejects when the download hangs", async () => {
    const spool = await openSpool(folder, limits);
    const hanging = new Readable({ read() {} });
    hanging.push((await archiveOf(sample)).subarray(0, 100));
    await expect(spool.hold("key", "Dockerfile", async () => hanging)).rejects.toThrow("nothing arrived");
    expect(hanging.destroyed).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  it("never takes more of the disk than its share: the next download waits for room", async () => {
    const spool = await openSpool(folder, { ...limits, spool: 4 * MiB });
    const archive = await archiveOf(sample);
    const gate = Promise.withResolvers<void>();
    let second = "waiting";
    const first = spool.hold("one", "Dockerfile", async () => {
      await gate.promise;
      return Readable.from([archive]);
    });
    const next = spool.hold("two", "Dockerfile", async () => {
      second = "started";
      return Readable.from([archive]);
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(second).toBe("waiting");
    gate.resolve();
    await first;
    await (await first).release();
    expect(await next).toMatchObject({ hasDockerfile: true });
  });

  it("empties what a crashed process left", async () => {
    await writeFile(join(folder, "17.tar.gz"), "left");
    await openSpool(folder, limits);
    expect(await readdir(folder)).toEqual([]);
  });
});
