import { runGit } from "./run-git.ts";

type Signature = { name: string; email: string; date: string };

export type GitCommit = {
  sha: string;
  tree: string;
  parents: string[];
  author: Signature;
  committer: Signature;
  message: string;
  added: string[];
  modified: string[];
  removed: string[];
};

const START = "\x1e";
const FIELD = "\x1f";
const END = "\x1d";
const FORMAT = START + ["%H", "%T", "%P", "%an", "%ae", "%aI", "%cn", "%ce", "%cI", "%B"].join(FIELD) + END;

/** Reads the commits of a revision range, oldest first, with the files that each changed. */
export async function readCommits(gitDirectory: string, range: string[]): Promise<GitCommit[]> {
  const args = ["log", "--reverse", "--topo-order", "--no-renames", "--name-status", "-z"];
  const shown = ["--diff-merges=first-parent", `--format=${FORMAT}`, ...range, "--"];
  const output = await runGit(gitDirectory, [...args, ...shown]);
  return output.split(START).slice(1).map(parseCommit);
}

/** Reads one commit. */
export async function readCommit(gitDirectory: string, sha: string): Promise<GitCommit> {
  const [commit] = await readCommits(gitDirectory, ["--max-count=1", sha]);
  if (!commit) throw new Error(`${gitDirectory} has no commit ${sha}`);
  return commit;
}

function parseCommit(record: string): GitCommit {
  const [header = "", changes = ""] = record.split(END);
  const [sha = "", tree = "", parents = "", ...rest] = header.split(FIELD);
  const [authorName = "", authorEmail = "", authored = "", name = "", email = "", date = "", message = ""] =
    rest;
  const words = changes
    .split("\0")
    .map((word) => word.trim())
    .filter(Boolean);
  const paths = (statuses: string) =>
    words.filter((_, i) => i % 2 === 1 && statuses.includes(words[i - 1] ?? "?"));
  return {
    sha,
    tree,
    parents: parents.split(" ").filter(Boolean),
    author: { name: authorName, email: authorEmail, date: authored },
    committer: { name, email, date },
    message: message.trimEnd(),
    added: paths("A"),
    modified: paths("MT"),
    removed: paths("D"),
  };
}
