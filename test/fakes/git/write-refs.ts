import { runGit } from "./run-git.ts";

/** Makes an empty bare repository whose HEAD names the default branch. */
export async function initialiseRepository(gitDirectory: string, defaultBranch: string): Promise<void> {
  await runGit(gitDirectory, [
    "init",
    "--quiet",
    "--bare",
    `--initial-branch=${defaultBranch}`,
    gitDirectory,
  ]);
}

/** Points a ref at an object, creating it if need be. */
export async function setRef(gitDirectory: string, ref: string, sha: string): Promise<void> {
  await runGit(gitDirectory, ["update-ref", ref, sha]);
}

export async function deleteRef(gitDirectory: string, ref: string): Promise<void> {
  await runGit(gitDirectory, ["update-ref", "-d", ref]);
}

/** Writes an annotated tag's object (no ref yet) and gives the SHA of that object. */
export async function writeTagObject(
  gitDirectory: string,
  tag: { name: string; commit: string; message: string; at: Date },
): Promise<string> {
  const who = `Mona Lisa <mona@example.com> ${Math.floor(tag.at.getTime() / 1000)} +0000`;
  const object = `object ${tag.commit}\ntype commit\ntag ${tag.name}\ntagger ${who}\n\n${tag.message}\n`;
  return (await runGit(gitDirectory, ["mktag"], Buffer.from(object))).trim();
}

/** Copies refs, and the objects that they reach, from another repository. */
export async function copyRefs(from: string, refspec: string, gitDirectory: string): Promise<void> {
  await runGit(gitDirectory, ["fetch", "--quiet", "--no-tags", from, `+${refspec}`]);
}
