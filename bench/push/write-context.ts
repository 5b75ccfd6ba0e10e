import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { SampleFiles } from "./samples.ts";

/** Writes a commit's files into a folder of the node, which is this machine, and gives the folder's path. */
export async function writeContext(parent: string, name: string, files: SampleFiles): Promise<string> {
  const folder = join(parent, `context-${name}`);
  await mkdir(folder);
  for (const [path, { content, mode }] of Object.entries(files)) {
    await writeFile(join(folder, path), content, { mode: mode === "100755" ? 0o755 : 0o644 });
  }
  return folder;
}
