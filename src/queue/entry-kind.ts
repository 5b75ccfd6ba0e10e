/** What the entries of one queue are. */
export type EntryKind<Entry> = {
  /** BullMQ's name of the queue. */
  queueName: string;
  /** One of its entries, in a word: `build`. */
  noun: string;
  /** Two entries of one id are the same. */
  idOf(entry: Entry): string;
  /** Names an entry for people who look into the queue: `acme/shop@1a2b3c4`. */
  nameOf(entry: Entry): string;
  /** Reads what was kept. Throws when another version of Pushwright wrote it in another form. */
  parse(data: unknown): Entry;
};
