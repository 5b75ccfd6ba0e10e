import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createGzip, gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { describe, expect, it, onTestFinished } from "vitest";
import { createUploadStore } from "../../../../src/context/uploads/upload-store.ts";
import type { BuildId } from "../../../../src/core/build-id.ts";
import { type ArchivedFile, packArchive, unpackContext } from "../../../harness/pack-archive.ts";

const LIMITS = { archive: 64 * 1024, spool: 100 * 1024, stallMs: 1000 };
const [A, B] = ["a", "b"].map((digit) => digit.repeat(24) as BuildId) as [BuildId, BuildId];
const wrong = (code: string) => expect.objectContaining({ diagnosis: expect.objectContaining({ code }) });

async function openStore(limits: Partial<typeof LIMITS> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-uploads-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const open = () => createUploadStore(folder, { ...LIMITS, ...limits });
  return { folder, open, store: await open() };
}

const sent = async (files: ArchivedFile[]) => Readable.from([await packArchive(files)]);
describe("context/uploads/upload-store", () => {
  it("gives what was sent back as a build context, links of either kind within it", async () => {
    const { store } = await openStore();
    const long = `${"long/".repeat(40)}name`;
    const upload = await store.receive(
      await sent([
        { name: "./", type: "directory" },
        { name: "./Dockerfile", content: "FROM scratch\n" },
        { name: "./main", content: "main", mode: 0o755 },
        { name: "./hard", type: "link", linkname: "./main" },
        { name: "./soft", type: "symlink", linkname: "main" },
        { name: `./${long}`, content: "deep" },
      ]),
    );
    await upload.keepFor(A);
    const found = await store.find(A);
    expect(await found?.text("Dockerfile")).toBe("FROM scratch\n");
    const context = found?.open({ context: "", dockerfile: { path: "Dockerfile" } });
    const entries = await unpackContext(context as Readable);
    expect(entries.main).toMatchObject({ content: "main", mode: 0o755 });
    expect(entries.hard).toMatchObject({ type: "link", linkname: "main" });
    expect(entries.soft).toMatchObject({ type: "symlink", linkname: "main" });
    expect(entries[long]?.content).toBe("deep");
  });

  it("names the same bytes the same, and others otherwise", async () => {
    const { store } = await openStore();
    const bytes = await packArchive([{ name: "a", content: "a", mtime: new Date(0) }]);
    const others = await packArchive([{ name: "a", content: "b", mtime: new Date(0) }]);
    const contents = async (body: Buffer) => {
      const upload = await store.receive(Readable.from([body]));
      await upload.discard();
      return upload.contents;
    };
    expect(await contents(bytes)).toBe(await contents(bytes));
    expect(await contents(bytes)).not.toBe(await contents(others));
  });

  it("has room for so much of them all, and again once builds have ended", async () => {
    const { store, folder } = await openStore();
    const send = async (bytes: number) =>
      store.receive(await sent([{ name: "a", content: randomBytes(bytes) }]));
    await (await send(60_000)).keepFor(A);
    await expect(send(60_000)).rejects.toEqual(wrong("no-room-for-upload"));
    expect(await readdir(folder)).toEqual([`${A}.tar.gz`]);
    await store.remove(A);
    await (await send(60_000)).keepFor(B);
  });

  it("has room again once another process with the same folder has removed what was there", async () => {
    const { store, open } = await openStore();
    const other = await open();
    const send = async () => store.receive(await sent([{ name: "a", content: randomBytes(60_000) }]));
    await (await send()).keepFor(A);
    await other.remove(A);
    await (await send()).keepFor(B);
    await expect(
      (await open()).receive(await sent([{ name: "a", content: randomBytes(60_000) }])),
    ).rejects.toEqual(wrong("no-room-for-upload"));
  });

  it("counts once what was sent twice at once for the same build", async () => {
    const { store } = await openStore();
    const send = async () => store.receive(await sent([{ name: "a", content: randomBytes(30_000) }]));
    const both = await Promise.all([send(), send()]);
    for (const upload of both) await upload.keepFor(A);
    await (await send()).keepFor(B);
    await expect(send()).resolves.toBeDefined();
  });

  it.each<[string, string, ArchivedFile[]]>([
    ["leads out of itself", "context-unreadable", [{ name: "../a", content: "a" }]],
    ["unpacks to too much", "context-too-large", [{ name: "a", content: Buffer.alloc(2 * LIMITS.archive) }]],
  ])("refuses what %s, and keeps nothing of it", async (_, code, files) => {
    const { store, folder } = await openStore();
    await expect(store.receive(await sent(files))).rejects.toEqual(wrong(code));
    expect(await readdir(folder)).toEqual([]);
  });

  it("reads no more than the limit, also of what no build context holds", async () => {
    const { store, folder } = await openStore();
    const tar = pack();
    tar.entry({ name: "pipe", type: "fifo" });
    tar.finalize();
    const whole = Readable.from(tar as unknown as AsyncIterable<Buffer>).pipe(createGzip({ level: 0 }));
    let sent = 0;
    async function* endless() {
      for await (const chunk of whole) yield chunk;
      for (; sent < 100 * LIMITS.archive; sent += 1024) yield gzipSync(Buffer.alloc(1024), { level: 0 });
    }
    await expect(store.receive(Readable.from(endless()))).rejects.toEqual(wrong("context-too-large"));
    expect(sent).toBeLessThan(10 * LIMITS.archive);
    expect(await readdir(folder)).toEqual([]);
  });

  it("finds at the next start what was kept, and removes what broke off", async () => {
    const { folder, open, store } = await openStore();
    await (await store.receive(await sent([{ name: "a", content: "a" }]))).keepFor(A);
    await writeFile(join(folder, "dead.coming"), "half");
    await utimes(join(folder, "dead.coming"), 0, 0);
    await writeFile(join(folder, "another-process.coming"), "half");
    expect(await (await open()).all()).toEqual([{ id: A, isFresh: true }]);
    expect((await readdir(folder)).toSorted()).toEqual([`${A}.tar.gz`, "another-process.coming"]);
  });

  it("fails when nothing comes any more", async () => {
    const { store, folder } = await openStore({ stallMs: 20 });
    const endless = new Readable({ read() {} });
    endless.push((await packArchive([{ name: "a", content: randomBytes(10_000) }])).subarray(0, 500));
    await expect(store.receive(endless)).rejects.toThrow("nothing arrived");
    expect(await readdir(folder)).toEqual([]);
  });
});
