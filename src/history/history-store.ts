import type { BuildState, Cancellation } from "../core/build.ts";
import type { BuildId } from "../core/build-id.ts";
import type { NoteAnswer } from "./history.ts";

/** Fields of a build's record by their names; a result is without the end of its log, which is kept by itself. */
export type RecordFields = { [field: string]: unknown };

/** What was kept of a build. `logTail` is left out of lists. */
export type KeptBuild = { at: Position; fields: RecordFields; logTail?: unknown };

/** By what builds are found: the values of one build, each short enough for any index. */
export type BuildMarks = {
  repository: string;
  branch?: string;
  commit: string;
  pullRequest?: string;
  imagePath: string;
};

/** Every mark that is given must fit, and one of the states, if any are given. */
export type Conditions = { marks: Partial<BuildMarks>; states?: readonly BuildState[] };

/** A build's place in the order of time. */
export type Position = { acceptedAt: number; id: string };

export type RecordChanges = { fields: RecordFields; state?: BuildState; logTail?: readonly string[] };

/** How long what is kept. */
export type Retention = { builds: number; days: number };

/**
 * What a history needs of the place where its data is: each method is one atomic step. Values are fit to be kept as JSON,
 * and come back as they were.
 */
export interface HistoryStore {
  /** False when a build of that id is kept already. */
  add(at: Position, marks: BuildMarks, changes: RecordChanges & { state: BuildState }): Promise<boolean>;
  change(id: BuildId, changes: RecordChanges): Promise<KeptBuild | undefined>;
  /** False when the build is not there, completed, or cancelled already. */
  cancel(id: BuildId, cancellation: Cancellation): Promise<boolean>;
  get(id: BuildId): Promise<KeptBuild | undefined>;
  /** The newest first. */
  list(conditions: Conditions, size: number, after: Position | undefined): Promise<KeptBuild[]>;
  /** Of those accepted before `before`, if that is given. */
  count(conditions: Conditions, before: number | undefined): Promise<number>;
  /** Of these builds, those that are cancelled and not completed. */
  cancellations(ids: readonly BuildId[]): Promise<Map<BuildId, unknown>>;
  note(thread: string): Promise<{ noteId?: string; answers: Map<string, unknown> }>;
  /** Keeps the latest `most` answers of the thread. */
  changeNote(
    thread: string,
    answers: readonly (readonly [comment: string, answer: NoteAnswer])[],
    noteId: string | undefined,
    most: number,
  ): Promise<void>;
  /** Removes what is kept for longer than that, but no build that waits to run or runs. */
  sweep(retention: Retention, now: number): Promise<void>;
}
