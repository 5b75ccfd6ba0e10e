import { randomFillSync } from "node:crypto";
import { runGit } from "../../test/fakes/git/run-git.ts";
import type { Repository } from "../../test/fakes/github/state/repositories.ts";

const FILE_BYTES = 16 * 1024 * 1024;

/**
 * Commits files of random bytes, so many in all, to the default branch. They are the same file again and again, which
 * git keeps once; gzip cannot tell, for it looks back 32 KiB only, so the archive is as large as all of them.
 */
export async function writeBallast(
  { gitDirectory, defaultBranch }: Repository,
  bytes: number,
): Promise<void> {
  const files = Array.from({ length: Math.ceil(bytes / FILE_BYTES) }, (_, index) => `ballast/${index}`);
  const commands = [
    `commit refs/heads/${defaultBranch}`,
    "committer Mona Lisa <mona@example.com> 1700000000 +0000",
    "data 7",
    "Ballast",
    ...files.map((path) => `M 100644 :1 ${path}`),
    "done\n",
  ];
  const stream = Buffer.concat([
    Buffer.from(`blob\nmark :1\ndata ${FILE_BYTES}\n`),
    randomFillSync(Buffer.allocUnsafe(FILE_BYTES)),
    Buffer.from(`\n${commands.join("\n")}`),
  ]);
  await runGit(gitDirectory, ["fast-import", "--quiet", "--done"], stream);
  // The stand-in's archives are to be no slower than need be: it is the bot that is measured.
  await runGit(gitDirectory, ["config", "tar.tar.gz.command", "gzip -1 -n -c"]);
}
