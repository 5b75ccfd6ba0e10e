import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { createArchiveSpool } from "../../../src/context/archive-spool.ts";
import { gitArchive, packArchive, unpackContext } from "../../harness/pack-archive.ts";

const MiB = 2 ** 20;
const limits = { archive: 4 * MiB, spool: 8 * MiB, stallMs: 50 };
const image = { context: "", dockerfile: { path: "Dockerfile" } };
const never = new AbortController().signal;
let folder: string;
let sample: Buffer;

beforeAll(() => {
  sample = gitArchive({
    ".pushwright.yml": "images: []\n",
    Dockerfile: "FROM scratch\n",
    main: "#!/bin/sh\n",
  });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "spool-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const fetch = (archive: Buffer) => async () => Readable.from([archive]);
const open = (changes: Partial<typeof limits> = {}, keepMs = 0) =>
  createArchiveSpool(folder, { ...limits, ...changes }, keepMs);
const files = () => readdir(folder);
const becomesEmpty = () => vi.waitFor(async () => expect(await files()).toEqual([]));

/** A download that ends when the test says. */
function gated(archive: Buffer) {
  const gate = Promise.withResolvers<void>();
  const seen: { signal?: AbortSignal; downloads: number } = { downloads: 0 };
  const download = async (signal: AbortSignal) => {
    seen.signal = signal;
    seen.downloads += 1;
    await gate.promise;
    signal.throwIfAborted();
    return Readable.from([archive]);
  };
  return { download, seen, go: gate.resolve };
}

describe("context/archive-spool", () => {
  it("holds an archive: its configuration, what it has, and its context, as often as asked", async () => {
    const spool = await open();
    const held = spool.hold("key", fetch(sample), never);
    expect(await held.config).toBe("images: []\n");
    const whole = await held.whole;
    expect(whole.has("Dockerfile")).toBe(true);
    expect(await whole.text("Dockerfile")).toBe("FROM scratch\n");
    expect(whole.unpackedBytes).toBeGreaterThan(0);
    for (let times = 0; times < 2; times++)
      expect(Object.keys(await unpackContext(held.open(image)))).toEqual([
        ".pushwright.yml",
        "Dockerfile",
        "main",
      ]);
    await held.release();
  });

  it("tells the configuration before the rest of the archive has come", async () => {
    const config = { name: "top/.pushwright.yml", content: "images: []\n" };
    const big = { name: "top/big", content: Buffer.alloc(MiB) };
    const archive = gzipSync(gunzipSync(await packArchive([config, big])), { level: 0 });
    const gate = Promise.withResolvers<void>();
    async function* slowly() {
      yield archive.subarray(0, MiB / 2);
      await gate.promise;
      yield archive.subarray(MiB / 2);
    }
    const spool = await open({ stallMs: 60_000 });
    const held = spool.hold("key", async () => Readable.from(slowly()), never);
    expect(await held.config).toBe("images: []\n");
    gate.resolve();
    expect((await held.whole).has("big")).toBe(true);
    await held.release();
  });

  it.each([
    [
      "a link",
      { ".pushwright.yml": { to: "ci/config.yml" }, "ci/config.yml": "images: []\n" },
      "images: []\n",
    ],
    ["a link that leads nowhere", { ".pushwright.yml": { to: "nowhere" } }, undefined],
    [
      "a link to something far too large",
      { ".pushwright.yml": { to: "z" }, z: "a: 1\n".repeat(100_000) },
      "too large",
    ],
    ["nothing", { ".a": "" }, undefined],
  ])("knows a configuration that is %s by the end", async (_, tree, config) => {
    const held = (await open()).hold("key", fetch(gitArchive(tree)), never);
    expect(await held.config).toBe(config);
    await held.release();
  });

  it("opens a context while its archive is still coming, with its fault as the stream's error", async () => {
    const { download, go } = gated(sample);
    const held = (await open()).hold("key", download, never);
    const opened = unpackContext(held.open(image));
    const faulty = unpackContext(held.open({ ...image, context: "mian" }));
    const faults = expect(faulty).rejects.toMatchObject({ diagnosis: { code: "context-folder-missing" } });
    go();
    expect(Object.keys(await opened)).toContain("main");
    await faults;
    expect(() => held.open({ ...image, context: "mian" })).toThrow("There is no folder mian");
    await held.release();
  });

  it("downloads once for all that hold at the same time", async () => {
    const { download, seen, go } = gated(sample);
    const spool = await open();
    const [one, other] = [spool.hold("key", download, never), spool.hold("key", download, never)];
    go();
    await Promise.all([one.whole, other.whole]);
    expect(seen.downloads).toBe(1);
    await one.release();
    await one.release();
    expect(Object.keys(await unpackContext(other.open(image)))).toContain("main");
    await other.release();
    await becomesEmpty();
  });

  it("keeps an archive for a while after its last holder, for the next one", async () => {
    const { download, seen, go } = gated(sample);
    const spool = await open({}, 60_000);
    go();
    for (let times = 0; times < 3; times++) {
      const held = spool.hold("key", download, never);
      expect(await held.config).toBe("images: []\n");
      await held.whole;
      await held.release();
    }
    expect(seen.downloads).toBe(1);
    expect(await files()).toHaveLength(1);
  });

  it("discards what nobody holds, the oldest first, as far as a download needs its room", async () => {
    const noise = Buffer.from(Array.from({ length: MiB }, (_, index) => (index * 7919 * index) % 251));
    const large = gzipSync(gunzipSync(await packArchive([{ name: "top/x", content: noise }])), { level: 0 });
    const spool = await open({ archive: 2 * MiB, spool: 4.5 * MiB }, 60_000);
    const counts: Record<string, number> = {};
    const use = async (key: string) => {
      const counting = async () => {
        counts[key] = (counts[key] ?? 0) + 1;
        return Readable.from([large]);
      };
      const held = spool.hold(key, counting, never);
      await held.whole;
      return held;
    };
    for (const key of ["one", "two", "three"]) await (await use(key)).release();
    expect(await files()).toHaveLength(3);
    const fourth = await use("four");
    expect(await files()).toHaveLength(3);
    for (const key of ["two", "three", "one"]) await (await use(key)).release();
    expect(counts).toEqual({ one: 2, two: 1, three: 1, four: 1 });
    await fourth.release();
  });

  it("never discards what is held: the next download waits for room, and gets it at once", async () => {
    const spool = await open({ spool: 4 * MiB }, 60_000);
    const first = gated(sample);
    const one = spool.hold("one", first.download, never);
    const second = gated(sample);
    const two = spool.hold("two", second.download, never);
    await setImmediate();
    expect(second.seen.downloads).toBe(0);
    first.go();
    second.go();
    await one.whole;
    await setImmediate();
    expect(second.seen.downloads).toBe(0);
    await one.release();
    expect((await two.whole).has("main")).toBe(true);
    await two.release();
  });

  it("ends one holder's waiting, and the download with the last one", async () => {
    const { download, seen, go } = gated(sample);
    const spool = await open();
    const leaving = new AbortController();
    const first = spool.hold("key", download, leaving.signal);
    const second = spool.hold("key", download, never);
    await setImmediate();
    leaving.abort(new Error("left"));
    await expect(first.whole).rejects.toThrow("left");
    await expect(first.config).rejects.toThrow("left");
    expect(seen.signal?.aborted).toBe(false);
    await first.release();
    const released = second.release();
    expect(seen.signal?.aborted).toBe(true);
    go();
    await released;
    await expect(second.whole).rejects.toThrow("no build waits");
    expect(await files()).toEqual([]);
    const third = spool.hold("key", fetch(sample), never);
    expect((await third.whole).has("main")).toBe(true);
    await third.release();
  });

  it("ends a download in its midst when nobody waits for it any more", async () => {
    const hanging = new Readable({ read() {} });
    hanging.push(sample.subarray(0, 100));
    const held = (await open({ stallMs: 60_000 })).hold("key", async () => hanging, never);
    await vi.waitFor(async () => expect(await files()).toHaveLength(1));
    await held.release();
    expect(hanging.destroyed).toBe(true);
    expect(await files()).toEqual([]);
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
      const archive = await packArchive([{ name: "top/big", content }]);
      const oversized = words.startsWith("is larger") ? gzipSync(gunzipSync(archive), { level: 0 }) : archive;
      const held = (await open()).hold("key", fetch(oversized), never);
      const fault = {
        diagnosis: { class: "permanent", code: "context-too-large", title: expect.stringContaining(words) },
      };
      await expect(held.whole).rejects.toMatchObject(fault);
      await expect(held.config).rejects.toMatchObject(fault);
      expect(await files()).toEqual([]);
      await held.release();
    },
  );

  it.each([
    ["breaks off", (archive: Buffer) => archive.subarray(0, archive.length / 2)],
    ["is no archive", () => Buffer.from("<html>")],
  ])("rejects when the download %s, and begins anew for the next, held or not", async (_, damage) => {
    const spool = await open();
    const broken = spool.hold("key", fetch(damage(sample)), never);
    await expect(broken.whole).rejects.toThrow();
    expect(await files()).toEqual([]);
    const next = spool.hold("key", fetch(sample), never);
    expect((await next.whole).has("main")).toBe(true);
    await broken.release();
    expect(Object.keys(await unpackContext(next.open(image)))).toContain("main");
    await next.release();
  });

  it.each([
    ["cannot begin", async () => Promise.reject(new Error("connection reset"))],
    ["fails on its way", async () => Readable.from(failing())],
  ])("rejects when the download %s, and gives its room back", async (_, download) => {
    const spool = await open({ spool: 4 * MiB });
    const held = spool.hold("key", download, never);
    await expect(held.whole).rejects.toThrow("connection reset");
    await expect(held.config).rejects.toThrow("connection reset");
    const next = spool.hold("other", fetch(sample), never);
    expect((await next.whole).has("main")).toBe(true);
    await Promise.all([held.release(), next.release()]);
  });

  it("rejects when the download hangs", async () => {
    const hanging = new Readable({ read() {} });
    hanging.push(sample.subarray(0, 100));
    const held = (await open()).hold("key", async () => hanging, never);
    await expect(held.whole).rejects.toThrow("nothing arrived");
    expect(hanging.destroyed).toBe(true);
    expect(await files()).toEqual([]);
    await held.release();
  });

  it("counts entries without content against the limit as well", async () => {
    const empty = Array.from({ length: 200 }, (_, index) => ({ name: `top/${index}` }));
    const held = (await open({ archive: 100 * 512 })).hold("key", fetch(await packArchive(empty)), never);
    await expect(held.whole).rejects.toMatchObject({ diagnosis: { code: "context-too-large" } });
    await held.release();
  });

  it("keeps to the disk's share even where one archive may be larger than that", async () => {
    const content = Buffer.from(Array.from({ length: 9000 }, (_, i) => (i * i) % 251));
    const held = (await open({ spool: 1000 })).hold(
      "key",
      fetch(await packArchive([{ name: "top/big", content }])),
      never,
    );
    await expect(held.whole).rejects.toMatchObject({ diagnosis: { code: "context-too-large" } });
    await held.release();
  });

  it("empties what a crashed process left", async () => {
    await writeFile(join(folder, "17.tar.gz"), "left");
    await open();
    expect(await files()).toEqual([]);
  });
});

async function* failing() {
  yield Buffer.from([0x1f, 0x8b]);
  throw new Error("connection reset");
}
