/** Sizes in bytes. */
export type ContextLimits = {
  /** The most that one archive may hold, as downloaded and as unpacked. */
  archive: number;
  /** The most that all archives may take on the disk at once. */
  spool: number;
  /** A download from which nothing arrives for so many milliseconds has failed. */
  stallMs: number;
};
