/** An entry taken from a queue. */
export type TakenEntry<Entry> = {
  /** As it was saved last. */
  readonly entry: Entry;
  /** How often it was taken and thrown back with an error: 0 at first. Letting go does not count. */
  readonly failedTries: number;
  /** Whether it was taken before, and thrown back or lost by a process that died: it may have left traces. */
  readonly takenBefore: boolean;
  /** Aborts when this process must let go of the entry: another one (or this one, restarted) will take it. */
  readonly signal: AbortSignal;
  /** Changes `entry` at once, and resolves when that is durable. Entries become durable in their order. */
  save(entry: Entry): Promise<void>;
};

/** An error throws the entry back, to be taken again after a while; after `signal` aborted, at once. */
export type EntryHandler<Entry> = (taken: TakenEntry<Entry>) => Promise<void>;
