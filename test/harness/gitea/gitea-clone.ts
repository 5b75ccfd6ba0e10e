import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { PASSWORD } from "./gitea-people.ts";

export type GitCommit = {
  /** The commit that it is made on; without it, the branch that is named, as it is there now. */
  from?: string;
  branch: string;
  /** `null` removes a file. */
  files: Record<string, string | null>;
  message?: string;
};

/** A person's clone of a repository, and what they push from it: real Git over HTTP. */
export type GiteaClone = {
  /** Makes a commit on the branch, or on the default one where there is no such branch. */
  commit(commit: GitCommit): Promise<string>;
  /** Makes it, and pushes it by force. */
  push(commit: GitCommit): Promise<string>;
  git(...args: string[]): Promise<string>;
  close(): Promise<void>;
};

/** `repository` as in `acme/shop`. */
export async function cloneFromGitea(url: string, login: string, repository: string): Promise<GiteaClone> {
  const folder = await mkdtemp(join(tmpdir(), "pushwright-clone-"));
  const remote = new URL(`${url}/${repository}.git`);
  Object.assign(remote, { username: login, password: encodeURIComponent(PASSWORD) });

  async function git(...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)("git", args, { cwd: folder, env: environmentOf(login) });
    return stdout.trim();
  }

  async function startOf({ from, branch }: GitCommit): Promise<string | undefined> {
    if (from) return from;
    await git("fetch", "--quiet", "origin");
    for (const name of [branch, "main"]) {
      const sha = await git("rev-parse", "--verify", "--quiet", `refs/remotes/origin/${name}`).catch(
        () => "",
      );
      if (sha) return sha;
    }
    return undefined;
  }

  async function makeCommit(commit: GitCommit): Promise<string> {
    const start = await startOf(commit);
    if (start) await git("checkout", "--quiet", "--detach", start);
    for (const [path, content] of Object.entries(commit.files)) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      if (content === null) await rm(file);
      else await writeFile(file, content);
    }
    await git("add", "--all");
    await git("commit", "--quiet", "--allow-empty", "-m", commit.message ?? "Change files");
    return git("rev-parse", "HEAD");
  }

  await git("init", "--quiet", "--initial-branch=main");
  await git("remote", "add", "origin", remote.href);
  return {
    git,
    commit: makeCommit,
    async push(commit) {
      const sha = await makeCommit(commit);
      await git("push", "--quiet", "--force", "origin", `HEAD:refs/heads/${commit.branch}`);
      return sha;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** However git is configured on this machine. */
function environmentOf(login: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const person = { NAME: login, EMAIL: `${login}@example.com` };
  return {
    ...Object.fromEntries(own),
    ...{ GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: devNull, GIT_TERMINAL_PROMPT: "0" },
    ...Object.fromEntries(
      Object.entries(person).flatMap(([name, value]) => [
        [`GIT_AUTHOR_${name}`, value],
        [`GIT_COMMITTER_${name}`, value],
      ]),
    ),
  };
}
