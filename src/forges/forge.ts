import type { Readable } from "node:stream";
import type { CommitSha } from "../core/commit-sha.ts";
import type { PullRequest, Thread } from "../core/forge-event.ts";
import type { Permission } from "../core/permission.ts";
import type { Report } from "../core/report.ts";
import type { Repository } from "../core/repository.ts";

/**
 * Where Pushwright's users are. One contract suite holds for every forge: test/contract/forge.ts.
 * Every method throws a BuildFault that says what was being done and whether another try can help.
 */
export interface Forge {
  /** The repository's tree at the commit, as the forge packs it: a gzip-compressed tar with one top folder. */
  fetchArchive(repository: Repository, commit: CommitSha, signal: AbortSignal): Promise<Readable>;

  /** A text file of at most `maxBytes` at a commit; undefined when there is none, `"too large"` when it is larger. */
  fetchFile(
    repository: Repository,
    commit: CommitSha,
    path: string,
    maxBytes: number,
  ): Promise<string | "too large" | undefined>;

  /** The whole message of a commit. */
  fetchMessage(repository: Repository, commit: CommitSha): Promise<string>;

  /** The pull request as it stands now, and whether it is open. */
  fetchPullRequest(repository: Repository, number: number): Promise<PullRequest & { isOpen: boolean }>;

  /**
   * The paths that differ between two commits; of a pull request, those that it changes. `"unknown"` when they are
   * more than the forge tells.
   */
  fetchChangedFiles(
    repository: Repository,
    changes: { since: CommitSha; commit: CommitSha } | { pullRequest: number },
  ): Promise<string[] | "unknown">;

  /**
   * Whether the commit was pushed to a branch of this very repository. Forges show a fork's commits in the repository
   * that it was forked from as well: that it is found there is no proof that its author may push here.
   */
  isPushedHere(repository: Repository, commit: CommitSha, defaultBranch: string): Promise<boolean>;

  /** What the account may do in the repository, by whatever way it got the right. */
  fetchPermission(repository: Repository, login: string): Promise<Permission>;

  /**
   * Makes the forge show the report on the commit. `reportId` is what an earlier publication returned; without
   * it and with `mayExist`, a report of the same build that is already there is found and updated.
   */
  publishReport(target: ReportTarget, report: Report): Promise<{ reportId: string }>;

  /** Adds the reaction to a comment. Adding it twice is adding it once. */
  react(repository: Repository, comment: CommentPlace, reaction: Reaction): Promise<void>;

  /**
   * Makes the bot's one note in the thread say `body` (markdown, cut to what the forge takes). `noteId` is what an
   * earlier publication returned; without it, a note of the bot's that is already there is found and updated. A note
   * that somebody deleted is written anew.
   */
  publishNote(
    repository: Repository,
    thread: Thread,
    body: string,
    noteId?: string,
  ): Promise<{ noteId: string }>;
}

export type ReportTarget = {
  repository: Repository;
  commit: CommitSha;
  reportId?: string | undefined;
  mayExist: boolean;
};

export type CommentPlace = { thread: Thread; commentId: string };

/** `seen`: at work on it. `done` and `refused` tell how that ended. */
export type Reaction = "seen" | "done" | "refused";
