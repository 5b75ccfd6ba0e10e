import type { Leftover } from "../core/clean-up/decide-sweep.ts";

/** What builds have in the cluster, whichever process started them, and the removal of it. */
export interface Leftovers {
  /** Jobs, and pods whose Job is gone. */
  list(): Promise<Leftover[]>;
  /** No error if it is gone. */
  remove(leftover: Leftover): Promise<void>;
  close(): void;
}
