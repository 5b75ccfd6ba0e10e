import { runGit } from "./run-git.ts";

/** A file's new content; `null` removes it. A symbolic link has mode 120000 and its target as content. */
export type FileChange =
  | string
  | Uint8Array
  | null
  | { content: string | Uint8Array; mode: "100644" | "100755" | "120000" };

export type FileChanges = { [path: string]: FileChange };

export type CommitRequest = {
  branch: string;
  files: FileChanges;
  message: string;
  at: Date;
  /** The commit to build upon; without it the commit has no parent. */
  parent?: string | undefined;
};

/** Writes a commit into a bare repository, moves the branch to it, and gives its SHA. */
export async function commitFiles(gitDirectory: string, request: CommitRequest): Promise<string> {
  const who = `Mona Lisa <mona@example.com> ${Math.floor(request.at.getTime() / 1000)} +0000`;
  const parts: (string | Uint8Array)[] = [
    `commit refs/heads/${request.branch}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
    ...data(request.message),
    request.parent ? `from ${request.parent}\n` : "",
  ];
  for (const [path, change] of Object.entries(request.files)) parts.push(...fileCommands(path, change));
  parts.push("\nget-mark :1\ndone\n");
  const stream = Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : part)));
  // Large build contexts are what tests are about: neither compressing nor comparing them is worth the time here.
  const args = ["-c", "core.compression=0", "fast-import", "--quiet", "--done", "--force", "--depth=0"];
  const printed = await runGit(gitDirectory, args, stream);
  return printed.trim();
}

function fileCommands(path: string, change: FileChange): (string | Uint8Array)[] {
  if (change === null) return [`D ${path}\n`];
  const isPlain = typeof change === "string" || change instanceof Uint8Array;
  const { content, mode } = isPlain ? { content: change, mode: "100644" } : change;
  return [`M ${mode} inline ${path}\n`, ...data(content)];
}

function data(content: string | Uint8Array): (string | Uint8Array)[] {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return [`data ${bytes.byteLength}\n`, bytes, "\n"];
}
