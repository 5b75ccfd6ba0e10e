import type { Build, BuildState } from "../core/build.ts";
import type { BuildId } from "../core/build-id.ts";
import type { CommitSha } from "../core/commit-sha.ts";
import type { Repository } from "../core/repository.ts";
import type { ThreadNote } from "../core/thread-note.ts";

export type { NoteAnswer, ThreadNote } from "../core/thread-note.ts";

/** What of a build's record can change; each field changes as a whole, and never another with it. */
export type BuildChanges = Partial<Omit<Build, "request">>;

/** Every condition that is given must hold. */
export type BuildFilter = {
  repository?: Pick<Repository, "forge" | "host" | "owner" | "name">;
  /** Builds that a push to this branch asked for: neither Git tags nor pull requests. */
  branch?: string;
  commit?: CommitSha;
  pullRequest?: number;
  /** The image's path below the registry's place. */
  imagePath?: string;
  states?: readonly BuildState[];
};

export type BuildPage = {
  /** The newest first, by `acceptedAt`, then by id. Without the ends of their logs, which `get` gives. */
  builds: Build[];
  /** Where the next page begins; absent on the last one. */
  next?: string;
};

/** Keeps what became of builds, as people and commands look it up. One contract suite: test/contract/history.ts. */
export interface History {
  /** Keeps a new build. `known`, changing nothing, when one of that id is kept already. Durable once it resolves. */
  add(build: Build): Promise<"added" | "known">;

  /** Changes fields of a kept build and returns it as it is then; undefined when none of that id is kept. */
  change(id: BuildId, changes: BuildChanges): Promise<Build | undefined>;

  /** Sets `cancellation` unless it is set or the build is completed; true when it was set now. Atomic. */
  cancel(id: BuildId, cancellation: NonNullable<Build["cancellation"]>): Promise<boolean>;

  get(id: BuildId): Promise<Build | undefined>;

  /** Pages of 50 unless `size` (up to 200) says otherwise. `from`: `next` of the page before; rejects other text. */
  list(filter: BuildFilter, page?: { size?: number; from?: string }): Promise<BuildPage>;

  /** How many builds fit; with `ahead`, only those that were accepted before that time (milliseconds since 1970). */
  count(filter: BuildFilter, ahead?: number): Promise<number>;

  /**
   * Of these builds, those that are to end, with the reason: asked often, for all builds of a process at once. A
   * completed build has ended.
   */
  cancellations(ids: readonly BuildId[]): Promise<Map<BuildId, NonNullable<Build["cancellation"]>>>;

  /** What the bot has said in a thread, by the thread's key: each field is one command's answer. */
  noteIn(thread: string): Promise<ThreadNote>;
  /** Changes fields of a thread's note, and no other. The latest hundred answers are kept. */
  changeNote(thread: string, changes: Partial<ThreadNote["answers"]>, noteId?: string): Promise<void>;
}
