/** What is known of an archive once all of it is on the disk. */
export type ArchiveSummary = {
  /** Bytes of all files and of their headers, unpacked. */
  unpackedBytes: number;
  /** Whether there is a file or a folder at a path from the repository's root, links followed. */
  has(path: string): boolean;
  /** Paths in a folder that may be meant by one that is not there; undefined for one that is. */
  nearMissing(folder: string, path: string): string[] | undefined;
  /** A text file, links followed; undefined when there is none, or one of more than a mebibyte. */
  text(path: string): Promise<string | undefined>;
};
