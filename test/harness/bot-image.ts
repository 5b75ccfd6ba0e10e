import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { registryOnNode } from "../local-cluster/images/image-names.ts";
import { packLayer } from "../local-cluster/images/pack-layer.ts";
import { isPushed, pushImage } from "../local-cluster/images/push-image.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const REPOSITORY = "pushwright/bot";
/** What of the bot a registry's proxy needs: all of its own, and what that imports. */
const PARTS = ["package.json", "src", "node_modules/zod"];

/** Makes the bot's image, as far as a proxy needs it, and pushes it to the local cluster's registry: its name on the node. */
export async function pushBotImage(): Promise<string> {
  const inputs = digestOf(PARTS.filter((part) => !part.startsWith("node_modules")));
  const repository = `${REPOSITORY}:${inputs.slice(0, 16)}`;
  if (!(await isPushed(repository, inputs))) {
    const layer = await packLayer(fill);
    await pushImage(repository, inputs, layer, { WorkingDir: "/app", Env: ["PATH=/usr/local/bin"] });
  }
  return `${registryOnNode}/${repository}`;
}

function fill(root: string): void {
  const place = (from: string, to: string) => {
    mkdirSync(dirname(join(root, to)), { recursive: true });
    copyFileSync(from, join(root, to));
  };
  const node = process.execPath;
  place(node, "/usr/local/bin/node");
  for (const library of execFileSync("ldd", [node], { encoding: "utf8" }).match(/\/\S+/g) ?? [])
    place(library, library);
  for (const part of PARTS) cpSync(join(ROOT, part), join(root, "app", part), { recursive: true });
}

function digestOf(parts: readonly string[]): string {
  const hash = createHash("sha256")
    .update(process.version)
    .update(readFileSync(fileURLToPath(import.meta.url)));
  for (const part of parts) {
    const path = join(ROOT, part);
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, encoding: "utf8" })
          .toSorted()
          .map((name) => join(path, name))
      : [path];
    for (const file of files) if (statSync(file).isFile()) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}
