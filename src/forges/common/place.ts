import { type CommitSha, formatShortSha } from "../../core/commit-sha.ts";
import type { Thread } from "../../core/forge-event.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";

/** What a call is about, for people: `acme/shop@1a2b3c4`, or `acme/shop#12` for a pull request. */
export function formatPlace(repository: Repository, what: CommitSha | number): string {
  const name = formatRepository(repository);
  return typeof what === "number" ? `${name}#${what}` : `${name}@${formatShortSha(what)}`;
}

export function formatThread(repository: Repository, thread: Thread): string {
  return formatPlace(repository, thread.kind === "commit" ? thread.commit : thread.number);
}
