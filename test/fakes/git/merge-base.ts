import { runGit } from "./run-git.ts";

/** The commit where two histories parted; undefined when they have nothing in common. */
export async function readMergeBase(
  gitDirectory: string,
  one: string,
  other: string,
): Promise<string | undefined> {
  const printed = await runGit(gitDirectory, ["merge-base", one, other]).catch(() => "");
  return printed.trim() || undefined;
}
