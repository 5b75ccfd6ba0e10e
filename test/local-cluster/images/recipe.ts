import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256 } from "./pack-layer.ts";

/** Changes with the code of this folder that makes an image. */
export function recipe(file: string): string {
  return sha256(readFileSync(join(import.meta.dirname, file)));
}
