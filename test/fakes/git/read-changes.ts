import { runGit } from "./run-git.ts";

export type FileDifference = {
  path: string;
  /** Where it was before, if it was renamed. */
  previousPath?: string;
  sha: string;
  status: "added" | "modified" | "removed" | "renamed";
  additions: number;
  deletions: number;
};

const STATUSES: Record<string, FileDifference["status"]> = {
  A: "added",
  M: "modified",
  T: "modified",
  D: "removed",
  R: "renamed",
};

/** What a commit changed in each file, against its first parent. */
export async function readChanges(gitDirectory: string, commit: string): Promise<FileDifference[]> {
  const from = ["--root", "--no-commit-id", "--no-renames", "--diff-merges=first-parent", commit];
  return readDifferences(gitDirectory, from);
}

/** What differs between the trees of two commits, renamed files told as such. */
export async function readChangesBetween(
  gitDirectory: string,
  from: string,
  to: string,
): Promise<FileDifference[]> {
  return readDifferences(gitDirectory, ["--find-renames", from, to]);
}

async function readDifferences(gitDirectory: string, args: string[]): Promise<FileDifference[]> {
  const shown = ["--raw", "--numstat", "--no-abbrev"];
  const words = (await runGit(gitDirectory, ["diff-tree", "-r", "-z", ...shown, ...args])).split("\0");
  const differences = new Map<string, FileDifference>();
  while (words.length > 0) {
    const word = words.shift() ?? "";
    if (word.startsWith(":")) {
      const difference = parseRaw(word, words);
      differences.set(difference.path, difference);
    } else if (word.includes("\t")) {
      const [path, counts] = parseCounts(word, words);
      Object.assign(differences.get(path) ?? {}, counts);
    }
  }
  return [...differences.values()];
}

/** `:<mode> <mode> <sha> <sha> <status>`, then the path; of a renamed file both paths. */
function parseRaw(word: string, words: string[]): FileDifference {
  const [, , before = "", after = "", letters = "M"] = word.split(" ");
  const status = STATUSES[letters.charAt(0)] ?? "modified";
  const previousPath = status === "renamed" ? words.shift() : undefined;
  const path = words.shift() ?? "";
  const sha = status === "removed" ? before : after;
  return {
    path,
    ...(previousPath === undefined ? {} : { previousPath }),
    ...{ sha, status, additions: 0, deletions: 0 },
  };
}

/** `<additions>\t<deletions>\t<path>`; a renamed file's paths come as words of their own. Binary files have dashes. */
function parseCounts(word: string, words: string[]): [string, { additions: number; deletions: number }] {
  const [additions = "", deletions = "", path = ""] = word.split("\t");
  const counts = { additions: Number(additions) || 0, deletions: Number(deletions) || 0 };
  if (path !== "") return [path, counts];
  words.shift();
  return [words.shift() ?? "", counts];
}
