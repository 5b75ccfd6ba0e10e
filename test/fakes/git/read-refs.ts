import { runGit } from "./run-git.ts";

export type GitRef = { ref: string; sha: string; type: "commit" | "tag"; commit: string };

/** The refs under a prefix such as `refs/heads/`, sorted by name. */
export async function listRefs(gitDirectory: string, prefix: string): Promise<GitRef[]> {
  const format = "%(refname) %(objectname) %(objecttype) %(*objectname)";
  const lines = await runGit(gitDirectory, ["for-each-ref", `--format=${format}`, prefix]);
  return lines
    .split("\n")
    .filter(Boolean)
    .map((line) => {
      const [ref = "", sha = "", type = "", peeled = ""] = line.split(" ");
      return { ref, sha, type: type as GitRef["type"], commit: peeled || sha };
    });
}

/** The ref with exactly this full name. */
export async function readRef(gitDirectory: string, ref: string): Promise<GitRef | undefined> {
  return (await listRefs(gitDirectory, ref)).find((found) => found.ref === ref);
}

/** The commit that a SHA (also abbreviated), branch, tag, `heads/…` or full ref stands for. */
export async function resolveCommit(gitDirectory: string, name: string): Promise<string | undefined> {
  // GitHub looks among branches first; git itself would look among tags first.
  for (const candidate of [`refs/heads/${name}`, name]) {
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${candidate}^{commit}`];
    const sha = await runGit(gitDirectory, args).catch(() => "");
    if (sha) return sha.trim();
  }
  return undefined;
}

/** Whether `ancestor` is reached by going back from `descendant`. */
export async function isAncestor(
  gitDirectory: string,
  ancestor: string,
  descendant: string,
): Promise<boolean> {
  const args = ["merge-base", "--is-ancestor", ancestor, descendant];
  return runGit(gitDirectory, args).then(
    () => true,
    () => false,
  );
}
