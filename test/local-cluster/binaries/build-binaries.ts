import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { withLock } from "../lock.ts";
import type { Progress } from "../progress.ts";
import { runCommand } from "../run-command.ts";
import { type GoModule, goBuildFlags, goModules } from "./go-modules.ts";

const modulesFolder = join(import.meta.dirname, "..", "modules");

/** Each module's folder of built programs. */
export type Binaries = Record<keyof typeof goModules, string>;

/** Where each module's programs lie, once they are built. */
export function binaryFolders(cache: string): Binaries {
  const folders = Object.entries(goModules).map(([key, module]) => [key, binaryFolder(cache, module)]);
  return Object.fromEntries(folders) as Binaries;
}

/** Builds what is not in the cache yet, one module after the other. */
export async function buildBinaries(cache: string, progress: Progress): Promise<Binaries> {
  const announcement = "building the cluster's programs from source, once: about ten minutes on two cores";
  await buildModules(cache, Object.values<GoModule>(goModules), announcement, progress);
  return binaryFolders(cache);
}

/** Builds those of the modules that are not in the cache yet. */
export async function buildModules(
  cache: string,
  modules: readonly GoModule[],
  announcement: string,
  progress: Progress,
): Promise<void> {
  const missing = () => modules.filter((module) => !isBuilt(cache, module));
  if (missing().length === 0) return;
  await withLock(join(cache, "lock"), progress, async () => {
    removePartialBuilds(cache);
    if (missing().length > 0) progress(announcement);
    for (const module of missing()) await build(cache, module, progress);
  });
}

export function isBuilt(cache: string, module: GoModule): boolean {
  return existsSync(binaryFolder(cache, module));
}

/** The part of a cache entry's name that tells one build of a module from every other. */
export function buildKey(goMod: string, goSum: string, module: GoModule): string {
  const { cgo = false, data = [] } = module;
  const inputs = [goMod, goSum, process.arch, cgo, ...goBuildFlags(module), ...data];
  return createHash("sha256").update(JSON.stringify(inputs)).digest("hex").slice(0, 16);
}

/** Where the module's programs and data lie, once they are built. */
export function binaryFolder(cache: string, module: GoModule): string {
  const [goMod, goSum] = ["go.mod", "go.sum"].map((file) =>
    readFileSync(join(modulesFolder, module.name, file), "utf8"),
  );
  return join(cache, `${module.name}-${buildKey(goMod ?? "", goSum ?? "", module)}`);
}

function removePartialBuilds(cache: string): void {
  for (const name of readdirSync(cache)) {
    if (name.endsWith(".partial")) rmSync(join(cache, name), { recursive: true });
  }
}

async function build(cache: string, module: GoModule, progress: Progress): Promise<void> {
  const title = `${module.name} ${module.version}`;
  const folder = binaryFolder(cache, module);
  const partial = `${folder}.partial`;
  mkdirSync(partial, { recursive: true });
  progress(`building ${title} into ${cache}`);
  let compiled = 0;
  let downloaded = 0;
  const ticker = setInterval(
    () =>
      progress(
        `  still building ${module.name}: ${downloaded} modules fetched, ${compiled} packages compiled`,
      ),
    15_000,
  );
  try {
    await runCommand(
      "nice",
      ["-n", "5", "go", "build", "-v", ...goBuildFlags(module), "-o", `${partial}/`, "tool"],
      {
        cwd: join(modulesFolder, module.name),
        env: { GOFLAGS: "", GOWORK: "off", CGO_ENABLED: module.cgo ? "1" : "0" },
        onErrorLine: (line) => {
          if (line.startsWith("go: downloading")) downloaded += 1;
          else compiled += 1;
        },
      },
    );
  } catch (error) {
    throw new Error(`building ${title} in ${join(modulesFolder, module.name)}: ${(error as Error).message}`);
  } finally {
    clearInterval(ticker);
  }
  await copyData(module, partial);
  renameSync(partial, folder);
  progress(`built ${title}: ${readdirSync(folder).join(", ")}`);
}

/** Go's own copy of a module may be cleaned away, and nothing in it can be written to. */
async function copyData({ name, path, data = [] }: GoModule, folder: string): Promise<void> {
  if (path === undefined || data.length === 0) return;
  const cwd = join(modulesFolder, name);
  const env = { GOFLAGS: "", GOWORK: "off" };
  const source = (await runCommand("go", ["list", "-m", "-f", "{{.Dir}}", path], { cwd, env })).trim();
  await runCommand("cp", ["-r", "--no-preserve=mode", "--parents", ...data, folder], { cwd: source });
}
