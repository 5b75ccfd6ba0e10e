import { z } from "zod";
import { CommitSha, isZeroSha } from "../../../core/commit-sha.ts";
import type { PushedChanges } from "../../../core/forge-event.ts";

/** GitHub lists no more commits of a push, and no more files of a commit: https://docs.github.com/en/webhooks/webhook-events-and-payloads#push */
const LISTED_COMMITS = 2048;
const LISTED_FILES = 3000;

/** More paths than this are not carried through the queue with the event; they are asked for if they matter. */
const CARRIED_FILES = 1000;

const Files = z.array(z.string()).optional();

/** What a push's payload tells of what it changed. */
export const PushedCommits = z.object({
  before: z.string().optional(),
  after: z.string(),
  created: z.boolean().default(false),
  forced: z.boolean().default(false),
  commits: z.array(z.object({ id: z.string(), added: Files, modified: Files, removed: Files })).default([]),
});
export type PushedCommits = z.infer<typeof PushedCommits>;

/**
 * The files, where the payload lists all of them, else the commit to compare with. A new branch has no earlier commit
 * of its own to compare with: what it changed is not known.
 */
export function parsePushedChanges(push: PushedCommits): PushedChanges {
  const since = CommitSha.safeParse(push.before);
  if (push.created || !since.success || isZeroSha(since.data)) return {};
  const files = listedFiles(push);
  return files === undefined ? { since: since.data } : { files };
}

/**
 * A forced push lists what was added to the branch, and not what was taken away. A list that does not end with the head,
 * or is empty, is not the whole list.
 */
function listedFiles({ forced, commits, after }: PushedCommits): string[] | undefined {
  if (forced || commits.length >= LISTED_COMMITS || commits.at(-1)?.id !== after) return undefined;
  const files = new Set<string>();
  for (const { added, modified, removed } of commits) {
    if (!added || !modified || !removed) return undefined;
    if (added.length + modified.length + removed.length >= LISTED_FILES) return undefined;
    for (const path of [...added, ...modified, ...removed]) files.add(path);
    if (files.size > CARRIED_FILES) return undefined;
  }
  return [...files];
}
