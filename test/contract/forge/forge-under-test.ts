import type { BuildId } from "../../../src/core/build-id.ts";
import type { CommitSha } from "../../../src/core/commit-sha.ts";
import type { Thread } from "../../../src/core/forge-event.ts";
import type { Permission } from "../../../src/core/permission.ts";
import type { Repository } from "../../../src/core/repository.ts";
import type { CommentPlace, Forge } from "../../../src/forges/forge.ts";

/** What a reader of the forge sees on the commit about one build. */
export type ShownReport = {
  name: string;
  /** In the words of reports: `in-progress`, or how it ended. */
  status: string;
  title: string;
  summary: string;
  text: string;
  annotations: number;
};

export type NewCommit = {
  branch: string;
  /** A new branch starts there; an existing one is thrown back to it. Else the branch goes on, or starts from the default one. */
  from?: CommitSha;
  /** `null` removes a file. */
  files: Record<string, string | null>;
  message?: string;
  /** The branch is in somebody's fork, which is made if there is none yet. */
  inFork?: boolean;
};

/** A forge, and what people do there. */
export type ForgeUnderTest = {
  forge: Forge;
  /** `acme/shop`, with the default branch `main`. */
  repository: Repository;
  /** Its first commit, on `main`. It holds a Dockerfile: `FROM scratch` and a line break. */
  commit: CommitSha;
  /** The commit's tree as the forge packs it. */
  archive: Buffer;
  /** Every report of the build that the commit shows. */
  shown(buildId: BuildId): Promise<ShownReport[]>;
  /** `refused`: the next request is answered with an error that passes. `lost`: the next one that adds something takes effect, and has no answer. */
  failNext(kind: "refused" | "lost"): void;
  pushCommit(commit: NewCommit): Promise<CommitSha>;
  /** Opens a pull request to `main`, and gives its number. */
  openPullRequest(head: { branch: string; inFork?: boolean }): Promise<number>;
  closePullRequest(number: number): Promise<void>;
  deleteFork(): Promise<void>;
  /** Gives somebody the right, and no other. */
  allow(login: string, permission: Permission): Promise<void>;
  /** Somebody comments; gives the comment's id. */
  comment(thread: Thread, body: string): Promise<string>;
  /** The bot's reactions, as the forge calls them. */
  reactions(place: CommentPlace): Promise<string[]>;
  /** What a reader sees in the thread, oldest first. */
  comments(thread: Thread): Promise<{ id: string; isBots: boolean; body: string }[]>;
  deleteComment(place: CommentPlace): Promise<void>;
};

export type OpenForge = () => Promise<ForgeUnderTest>;
