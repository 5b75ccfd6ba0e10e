import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync, gzipSync } from "node:zlib";
import { extract, type Header, pack } from "tar-stream";

export type ArchivedFile = Partial<Header> & { name: string; content?: string | Buffer };

/** A gzip-compressed tar of these entries, in this order, under the folder `top/` unless a name says otherwise. */
export async function packArchive(files: ArchivedFile[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = "", ...header } of files) tar.entry(header, content);
  tar.finalize();
  return gzipSync(await buffer(tar as unknown as Readable));
}

/** What `git archive` makes of a commit of these files; `{ to }` is a symbolic link. */
export function gitArchive(
  files: Record<string, string | { to: string }>,
  top = "acme-shop-1a2b3c4",
): Buffer {
  const folder = mkdtempSync(join(tmpdir(), "pushwright-archive-"));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, maxBuffer: 2 ** 28 });
  try {
    git("init", "--quiet");
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (typeof content === "string") writeFileSync(join(folder, path), content);
      else symlinkSync(content.to, join(folder, path));
    }
    git("add", "--all", "--force");
    git("-c", "user.name=a", "-c", "user.email=a@example.test", "commit", "--quiet", "--message=a");
    return git("archive", "--format=tar.gz", `--prefix=${top}/`, "HEAD");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export type UnpackedEntry = Partial<Header> & { content: string };

export async function unpackContext(buildContext: Readable): Promise<Record<string, UnpackedEntry>> {
  const entries: Record<string, UnpackedEntry> = {};
  const tar = extract();
  tar.end(gunzipSync(await buffer(buildContext)));
  for await (const entry of tar) {
    const content = await buffer(entry as unknown as Readable);
    entries[entry.header.name] = { ...entry.header, content: content.toString() };
  }
  return entries;
}
