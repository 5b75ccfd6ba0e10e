import { z } from "zod";

/** A full Git object id in lower-case hex: 40 digits (SHA-1) or 64 (SHA-256). */
export const CommitSha = z
  .string()
  .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "expected a full commit SHA: 40 or 64 lower-case hex digits")
  .brand<"CommitSha">();
export type CommitSha = z.infer<typeof CommitSha>;

/** The first seven digits, as Git and the forges show a commit to people. */
export function formatShortSha(commit: CommitSha): string {
  return commit.slice(0, 7);
}

/** Forges write "no commit" (a deleted ref's `after`, a new ref's `before`) as a SHA of zeros. */
export function isZeroSha(sha: string): boolean {
  return /^0+$/.test(sha);
}
