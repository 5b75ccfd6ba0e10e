import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { runCommand } from "../run-command.ts";

export type Layer = { blob: Buffer; digest: string; diffId: string };

/** Packs what `fill` puts into an empty folder into one image layer, the same bytes for the same files. */
export async function packLayer(fill: (root: string) => void): Promise<Layer> {
  const work = mkdtempSync(join(tmpdir(), "pushwright-layer-"));
  try {
    fill(join(work, "root"));
    const fixed = ["--sort=name", "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner"];
    await runCommand("tar", [...fixed, "-C", join(work, "root"), "-cf", join(work, "layer.tar"), "."]);
    const tar = readFileSync(join(work, "layer.tar"));
    const blob = await promisify(gzip)(tar, { level: 3 });
    return { blob, digest: sha256(blob), diffId: sha256(tar) };
  } finally {
    rmSync(work, { recursive: true });
  }
}

export function sha256(data: Buffer | string): string {
  return `sha256:${createHash("sha256").update(data).digest("hex")}`;
}
