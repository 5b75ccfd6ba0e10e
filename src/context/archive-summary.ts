/** What is known of an archive once all of it has passed by. */
export type ArchiveSummary = {
  /** Bytes of all files and of their headers, unpacked. */
  unpackedBytes: number;
  /** The Dockerfile's text, when the archive holds one of at most a mebibyte under the asked path. */
  dockerfile?: string;
  /** Whether the archive holds anything under the asked path: a link, or a file too large to be kept, counts. */
  hasDockerfile: boolean;
};
