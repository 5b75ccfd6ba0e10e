import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { DurableNodeFs, durableStartParams } from "./durable-node-fs.ts";

/** Opens the PostgreSQL in a folder that this process has locked, or makes one there. */
export async function openPglite(folder: string): Promise<PGlite> {
  const files = join(folder, "postgres");
  const made = join(folder, "made");
  // A process that died while it made the files leaves a part of them, in which nothing was ever kept.
  if (!existsSync(made)) await rm(files, { recursive: true, force: true });
  const db = await PGlite.create({ fs: new DurableNodeFs(files), startParams: durableStartParams });
  await writeFile(made, "");
  return db;
}
