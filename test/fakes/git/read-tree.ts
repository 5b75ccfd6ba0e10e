import { buffer } from "node:stream/consumers";
import { runGit, startGit } from "./run-git.ts";

export type TreeEntry = {
  mode: string;
  type: "blob" | "tree" | "commit";
  sha: string;
  size: number;
  path: string;
};

/** The entry at a path of a commit's tree; the root is a tree too. */
export async function readEntry(
  gitDirectory: string,
  commit: string,
  path: string,
): Promise<TreeEntry | undefined> {
  if (path === "") {
    const sha = (await runGit(gitDirectory, ["rev-parse", `${commit}^{tree}`])).trim();
    return { mode: "040000", type: "tree", sha, size: 0, path };
  }
  return (await listTree(gitDirectory, commit, path))[0];
}

/** The entries of a directory (`path` ends with a slash, or is empty for the root), or the one entry at a path. */
export async function listTree(gitDirectory: string, commit: string, path: string): Promise<TreeEntry[]> {
  const args = ["ls-tree", "-z", "--long", "--full-tree", commit, ...(path ? ["--", path] : [])];
  const output = await runGit(gitDirectory, args);
  return output
    .split("\0")
    .filter(Boolean)
    .map((line) => {
      const [properties = "", entryPath = ""] = line.split("\t");
      const [mode = "", type = "", sha = "", size = ""] = properties.split(/ +/);
      return { mode, type: type as TreeEntry["type"], sha, size: Number(size) || 0, path: entryPath };
    });
}

export async function readBlob(gitDirectory: string, sha: string): Promise<Buffer> {
  return buffer(startGit(gitDirectory, ["cat-file", "blob", sha]).stdout);
}
