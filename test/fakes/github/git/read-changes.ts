import { runGit } from "./run-git.ts";

export type FileDifference = {
  path: string;
  sha: string;
  status: "added" | "modified" | "removed";
  additions: number;
  deletions: number;
};

const STATUSES: Record<string, FileDifference["status"]> = {
  A: "added",
  M: "modified",
  T: "modified",
  D: "removed",
};

/** What a commit changed in each file, against its first parent. */
export async function readChanges(gitDirectory: string, commit: string): Promise<FileDifference[]> {
  const shown = ["--root", "--no-commit-id", "--no-renames", "--raw", "--numstat", "--no-abbrev"];
  const args = ["diff-tree", "-r", "-z", "--diff-merges=first-parent", ...shown, commit];
  const records = (await runGit(gitDirectory, args)).split("\0").filter(Boolean);
  const counts = new Map(records.filter((record) => record.includes("\t")).map(parseCount));
  return records.flatMap((record, i) => {
    if (!record.startsWith(":")) return [];
    const [, , before = "", after = "", status = "M"] = record.split(" ");
    const path = records[i + 1] ?? "";
    const sha = status === "D" ? before : after;
    const [additions = 0, deletions = 0] = counts.get(path) ?? [];
    return { path, sha, status: STATUSES[status] ?? "modified", additions, deletions };
  });
}

/** Binary files have dashes for counts. */
function parseCount(record: string): [string, [number, number]] {
  const [additions = "", deletions = "", path = ""] = record.split("\t");
  return [path, [Number(additions) || 0, Number(deletions) || 0]];
}
