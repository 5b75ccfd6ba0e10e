import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GitHub } from "../../../test/fakes/github/github.ts";
import type { Repository } from "../../../test/fakes/github/state/repositories.ts";
import type { DemoContext } from "../../demo-context.ts";
import { git } from "../git.ts";
import { hearPushes, type RefUpdate } from "./hear-pushes.ts";

const HOOK = join(import.meta.dirname, "announce-push.ts");
const PERSON = "mona";

/** Makes an empty repository on the stand-in, where every push is followed by the webhook that GitHub would send. */
export async function openRepository(
  { cleanUp, signal }: Pick<DemoContext, "cleanUp" | "signal">,
  github: GitHub,
): Promise<Repository> {
  const repository = await github.createRepository({ owner: "acme", name: "hello" });
  const hearing = await hearPushes((update) => announce(github, repository, update));
  cleanUp.later("the listener for pushes", hearing.close);
  const hooks = join(repository.gitDirectory, "hooks");
  const command = [process.execPath, "--no-warnings", HOOK, hearing.address].map(quote).join(" ");
  await mkdir(hooks, { recursive: true });
  await writeFile(join(hooks, "post-receive"), `#!/bin/sh\nexec ${command}\n`);
  await chmod(join(hooks, "post-receive"), 0o755);
  // A person may have all hooks elsewhere; a repository's own setting comes before that.
  await git(repository.gitDirectory, ["config", "core.hooksPath", hooks], signal);
  return repository;
}

async function announce(github: GitHub, repository: Repository, update: RefUpdate): Promise<string> {
  repository.pushedAt = new Date();
  const payload = await github.pushPayload(repository, { ...update, sender: PERSON });
  const { status, statusCode } = await github.deliver({ event: "push", payload });
  const name = update.ref.replace(/^refs\/(heads|tags)\//, "");
  return status === "OK"
    ? `GitHub told Pushwright of ${name}: ${statusCode}`
    : `GitHub could not tell Pushwright of ${name}: ${status}`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
