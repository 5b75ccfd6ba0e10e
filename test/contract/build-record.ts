import type { BuildObserver } from "../../src/builders/builder.ts";
import type { Digest } from "../../src/core/image-reference.ts";

/** Writes down what a build's observer hears. */
export type BuildRecord = {
  observer: BuildObserver;
  log: string[];
  /** The kinds of what was heard, in the order of their first. */
  heard: string[];
  digest: Digest | undefined;
};

export function recordBuild(): BuildRecord {
  const note = (kind: string) => {
    if (!record.heard.includes(kind)) record.heard.push(kind);
  };
  const record: BuildRecord = {
    log: [],
    heard: [],
    digest: undefined,
    observer: {
      running: () => note("running"),
      log(line) {
        note("log");
        record.log.push(line);
      },
      announced(digest) {
        note("announced");
        record.digest = digest;
      },
    },
  };
  return record;
}
