import type { CacheUse } from "./build.ts";

export type CacheCount = {
  /** A line of the build's log. */
  hear(line: string): void;
  /** Undefined as long as no line spoke of the cache. */
  use(): CacheUse | undefined;
};

/** https://github.com/osscontainertools/kaniko/blob/v1.24.0/pkg/executor/build.go#L273 */
const HIT = "Using caching version of cmd: ";
const MISS = "No cached layer found for cmd ";
const PUSHED = /^Pushing layer \S+ to cache now$/;

/**
 * Counts the steps that came out of the layer cache. After a stage's first miss Kaniko does not ask for the stage's later
 * steps; that they were no hits shows when their layers are pushed to the cache.
 */
export function createCacheCount(): CacheCount {
  let hits = 0;
  let missed = 0;
  let pushed = 0;
  return {
    hear(line) {
      if (line.startsWith(HIT)) hits += 1;
      else if (line.startsWith(MISS)) missed += 1;
      else if (PUSHED.test(line)) pushed += 1;
    },
    use() {
      const misses = Math.max(missed, pushed);
      return hits + misses === 0 ? undefined : { hits, misses };
    },
  };
}
