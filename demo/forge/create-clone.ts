import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DemoRepository } from "./demo-forge.ts";
import { git } from "./git.ts";

const SAMPLE = join(import.meta.dirname, "../sample");

/** Everything that a person's own settings could change in how `git commit` and `git push` go here. */
const CONFIG = {
  "user.name": "Mona Lisa",
  "user.email": "mona@example.com",
  "commit.gpgSign": "false",
  "core.hooksPath": ".git/hooks",
  "core.autocrlf": "false",
  "push.default": "simple",
};

/** A person's working copy of the repository, with the sample committed and not yet pushed. */
export async function createClone(
  { remote, defaultBranch: branch }: DemoRepository,
  folder: string,
  baseImage: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await cp(SAMPLE, folder, { recursive: true });
  await chmod(join(folder, "main"), 0o755);
  const dockerfile = join(folder, "Dockerfile");
  const text = await readFile(dockerfile, "utf8");
  await writeFile(
    dockerfile,
    text.replace(/^ARG BASE=.*$/m, () => `ARG BASE=${baseImage}`),
  );

  await git(folder, ["init", "--quiet", `--initial-branch=${branch}`], signal);
  for (const [key, value] of Object.entries(CONFIG)) await git(folder, ["config", key, value], signal);
  await git(folder, ["remote", "add", "origin", remote], signal);
  await git(folder, ["add", "--all"], signal);
  await git(folder, ["commit", "--quiet", "--message=Say hello"], signal);
}
