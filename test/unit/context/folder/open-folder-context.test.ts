import { execFileSync } from "node:child_process";
import { appendFile, chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { type FolderContext, openFolderContext } from "../../../../src/context/folder/open-folder-context.ts";
import { unpackContext } from "../../../harness/pack-archive.ts";

type Files = Record<string, string | { to: string }>;

async function folderOf(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-folder-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await write(folder, files);
  return folder;
}

async function write(folder: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    if (typeof content === "string") await writeFile(join(folder, path), content);
    else await symlink(content.to, join(folder, path));
  }
}

/** Root may read everything. */
async function asNobody(action: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65534);
  try {
    await action();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

const LIMIT = 2 ** 20;
const open = (folder: string, dockerfile = "Dockerfile", limit = LIMIT) =>
  openFolderContext(folder, { path: dockerfile }, limit);
const unpack = (context: FolderContext) => unpackContext(context.open(() => {}));
const namesOf = async (context: FolderContext) => Object.keys(await unpack(context));
const fault = (code: string, words: string) =>
  expect.objectContaining({
    diagnosis: expect.objectContaining({ code }),
    message: expect.stringContaining(words),
  });

describe("context/folder: what is sent", () => {
  it("is the folder as it is: modes, links as links, empty folders, all of it root's", async () => {
    const folder = await folderOf({
      Dockerfile: "FROM scratch\n",
      "bin/run": "go",
      link: { to: "../elsewhere" },
    });
    await chmod(join(folder, "bin/run"), 0o4755);
    await mkdir(join(folder, "empty"));
    const context = await open(folder);
    expect(context).toMatchObject({ contextFolder: "", dockerfile: "Dockerfile", files: 2, bytes: 15 });
    const entries = await unpack(context);
    expect(Object.keys(entries)).toEqual(["Dockerfile", "bin", "bin/run", "empty", "link"]);
    expect(entries["bin/run"]).toMatchObject({ content: "go", mode: 0o4755, uid: 0, gid: 0 });
    expect(entries.link).toMatchObject({ type: "symlink", linkname: "../elsewhere" });
    expect(entries.empty).toMatchObject({ type: "directory" });
  });

  it("is every file, whatever is in it and however it is called", async () => {
    const name = fc
      .string({ minLength: 1, maxLength: 120, unit: "grapheme" })
      .filter((text) => !/[/\0]/.test(text) && !/^\.{1,2}$/.test(text) && Buffer.byteLength(text) < 200)
      .filter((text) => text.isWellFormed() && text !== "Dockerfile" && text !== ".dockerignore");
    await fc.assert(
      fc.asyncProperty(fc.dictionary(name, fc.string({ maxLength: 2000 })), async (files) => {
        const folder = await mkdtemp(join(tmpdir(), "pushwright-folder-"));
        try {
          await write(folder, { ...files, Dockerfile: "FROM scratch\n" });
          const entries = await unpack(await open(folder));
          const sent = Object.entries(entries).map(([path, { content }]) => [path, content]);
          const { Dockerfile: _, ...others } = Object.fromEntries(sent);
          expect(others).toEqual({ ...files });
        } finally {
          await rm(folder, { recursive: true });
        }
      }),
      { numRuns: 30 },
    );
  });

  it("leaves out what .dockerignore names, but never the Dockerfile or itself", async () => {
    const folder = await folderOf({
      Dockerfile: "FROM scratch\n",
      ".dockerignore": "*\n!src\n!docs/wanted/**\nsrc/*.log\n",
      "src/a.go": "a",
      "src/b.log": "b",
      "docs/other": "c",
      "docs/wanted/d": "d",
      "node_modules/e/f": "e",
    });
    const context = await open(folder);
    expect(await namesOf(context)).toEqual([
      ".dockerignore",
      "Dockerfile",
      "docs",
      "docs/wanted",
      "docs/wanted/d",
      "src",
      "src/a.go",
    ]);
    expect(context.ignored).toBe(3);
  });

  it("does not even look into a folder that is ignored as a whole", async () => {
    const folder = await folderOf({ Dockerfile: "FROM scratch\n", ".dockerignore": "run\n", "run/a": "a" });
    execFileSync("mkfifo", [join(folder, "run/pipe")]);
    const context = await open(folder);
    expect(context).toMatchObject({ ignored: 1, leftOut: [] });
    expect(await namesOf(context)).toEqual([".dockerignore", "Dockerfile"]);
  });

  it("has the Dockerfile's own .dockerignore in place of the folder's", async () => {
    const folder = await folderOf({
      "web.Dockerfile": "FROM scratch\n",
      "web.Dockerfile.dockerignore": "a\n",
      ".dockerignore": "b\n",
      ...{ a: "a", b: "b" },
    });
    expect(await namesOf(await open(folder, "web.Dockerfile"))).toEqual([
      ".dockerignore",
      "b",
      "web.Dockerfile",
      "web.Dockerfile.dockerignore",
    ]);
  });

  it.each(["elsewhere", "a link"])(
    "has a Dockerfile from %s beside it, where no COPY finds it",
    async (where) => {
      const other = await folderOf({ Dockerfile: "FROM scratch\n", "Dockerfile.dockerignore": "a\n" });
      const folder = await folderOf({ a: "a", b: "b", Dockerfile: { to: join(other, "Dockerfile") } });
      const isLink = where === "a link";
      const context = await open(folder, isLink ? "Dockerfile" : join(other, "Dockerfile"));
      expect(context).toMatchObject({ contextFolder: "context", dockerfile: "Dockerfile" });
      const entries = await unpack(context);
      expect(entries.Dockerfile?.content).toBe("FROM scratch\n");
      expect(Object.keys(entries).includes("Dockerfile.dockerignore")).toBe(!isLink);
      expect(Object.keys(entries).includes("context/a")).toBe(isLink);
      expect(Object.keys(entries)).toContain("context/b");
    },
  );

  it("has a Dockerfile that was given as text beside it", async () => {
    const folder = await folderOf({ a: "a" });
    const context = await openFolderContext(folder, { text: "FROM scratch\n" }, LIMIT);
    expect(await namesOf(context)).toEqual(["context/", "Dockerfile", "context/a"]);
  });

  it("leaves out pipes and sockets, and says so", async () => {
    const folder = await folderOf({ Dockerfile: "FROM scratch\n" });
    execFileSync("mkfifo", [join(folder, "pipe")]);
    const server = createServer().listen(join(folder, "sock"));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    const context = await open(folder);
    expect(context.leftOut).toEqual(["pipe: a named pipe", "sock: a socket"]);
    expect(await namesOf(context)).toEqual(["Dockerfile"]);
  });

  it("of a file that grows meanwhile is what it had when it was opened", async () => {
    const folder = await folderOf({ Dockerfile: "FROM scratch\n", log: "begin\n" });
    const context = await open(folder);
    await appendFile(join(folder, "log"), "more\n");
    const stream = context.open((bytes) => {
      if (bytes > 0) void appendFile(join(folder, "log"), "late\n");
    });
    expect((await unpackContext(stream)).log?.content).toMatch(/^begin\nmore\n(late\n)?$/);
  });

  it("passes in constant memory, however large a file is", async () => {
    const folder = await folderOf({ Dockerfile: "FROM scratch\n", large: "" });
    const bytes = 2 ** 30;
    await truncate(join(folder, "large"), bytes);
    const context = await open(folder, "Dockerfile", 2 * bytes);
    const before = process.memoryUsage().rss;
    let most = 0;
    let read = 0;
    const stream = context.open((chunk) => {
      read += chunk;
      most = Math.max(most, process.memoryUsage().rss);
    });
    await pipeline(stream, createGunzip(), async (tar: AsyncIterable<Buffer>) => {
      for await (const _ of tar);
    });
    expect(read).toBe(bytes + "FROM scratch\n".length);
    expect(most - before).toBeLessThan(300 * 2 ** 20);
  });
});

describe("context/folder: what cannot be sent is explained", () => {
  const drained = async (stream: Readable) => {
    for await (const _ of stream);
  };

  it("no folder, a file instead", async () => {
    const folder = await folderOf({ file: "a" });
    await expect(open(join(folder, "no"))).rejects.toEqual(fault("context-folder-missing", "no such file"));
    await expect(open(join(folder, "file"))).rejects.toEqual(fault("context-folder-missing", "not a folder"));
  });

  it("no Dockerfile, with what may have been meant", async () => {
    const folder = await folderOf({ "docker/Dockerfle": "FROM scratch\n" });
    await expect(open(folder, "docker/Dockerfile")).rejects.toEqual(
      fault("missing-dockerfile", "Did you mean `docker/Dockerfle`?"),
    );
    await expect(open(folder, "docker")).rejects.toEqual(fault("missing-dockerfile", "not a file"));
  });

  it("a file that may not be read, unless it is ignored", async () => {
    const folder = await folderOf({ Dockerfile: "FROM scratch\n", "a/key": "k" });
    await chmod(folder, 0o755);
    await chmod(join(folder, "a/key"), 0o000);
    await asNobody(async () => {
      await expect(open(folder)).rejects.toEqual(fault("context-unreadable", "`a/key`"));
    });
    await write(folder, { ".dockerignore": "**/key\n" });
    await asNobody(async () => expect(await namesOf(await open(folder))).not.toContain("a/key"));
  });

  it("more than may be sent, with what takes most of it", async () => {
    const folder = await folderOf({
      Dockerfile: "FROM scratch\n",
      "node_modules/a/b": "x".repeat(5000),
      c: "c",
    });
    await expect(open(folder, "Dockerfile", 4096)).rejects.toEqual(
      fault("context-too-large", "Most of it is in `node_modules` (4.9 KiB), `Dockerfile` (13 B), `c` (1 B)"),
    );
  });

  it("a file that becomes shorter while it is read", async () => {
    const size = 4 * 2 ** 20;
    const folder = await folderOf({ Dockerfile: "FROM scratch\n", log: "x".repeat(size) });
    const context = await open(folder, "Dockerfile", 2 * size);
    let isCut = false;
    const stream = context.open((bytes) => {
      if (isCut || bytes < 1000) return;
      isCut = true;
      execFileSync("truncate", ["--size=0", join(folder, "log")]);
    });
    await expect(drained(stream)).rejects.toEqual(fault("context-changed", `\`log\` had ${size} bytes`));
  });

  it("a file that is gone, or something else, by the time it is read", async () => {
    const folder = await folderOf({ Dockerfile: "FROM scratch\n", a: "a", b: "b" });
    const context = await open(folder);
    await rm(join(folder, "a"));
    await expect(drained(context.open(() => {}))).rejects.toEqual(fault("context-unreadable", "`a`"));
    execFileSync("mkfifo", [join(folder, "a")]);
    await expect(drained(context.open(() => {}))).rejects.toEqual(fault("context-changed", "`a` was a file"));
  });
});
