import { spawn } from "node:child_process";
import { devNull } from "node:os";
import { text } from "node:stream/consumers";

// Neither the machine's git configuration nor its user may change what the stand-in's repositories look like.
const environment = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: devNull,
  GIT_AUTHOR_NAME: "Mona Lisa",
  GIT_AUTHOR_EMAIL: "mona@example.com",
  GIT_COMMITTER_NAME: "Mona Lisa",
  GIT_COMMITTER_EMAIL: "mona@example.com",
};

/** Starts git on a bare repository; its output is a stream. */
export function startGit(gitDirectory: string, args: string[]) {
  return spawn("git", [`--git-dir=${gitDirectory}`, ...args], { env: environment });
}

/** Runs git on a bare repository and gives what it printed, or throws with what it complained about. */
export async function runGit(gitDirectory: string, args: string[], input?: Buffer): Promise<string> {
  const git = startGit(gitDirectory, args);
  const exit = new Promise<number | null>((resolve, reject) => {
    git.once("error", reject);
    git.once("close", resolve);
  });
  // git may end before it has read all its input; its exit code tells what happened.
  git.stdin.on("error", () => {});
  git.stdin.end(input);
  const [output, complaint, exitCode] = await Promise.all([text(git.stdout), text(git.stderr), exit]);
  if (exitCode !== 0) throw new Error(`git ${args.join(" ")}: exit code ${exitCode}: ${complaint.trim()}`);
  return output;
}
