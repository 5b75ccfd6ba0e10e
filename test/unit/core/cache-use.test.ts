import { describe, expect, it } from "vitest";
import { createCacheCount } from "../../../src/core/cache-use.ts";

function countIn(lines: string[]) {
  const count = createCacheCount();
  for (const line of lines) count.hear(line);
  return count.use();
}

const checking = "Checking for cached layer registry:5000/acme/shop/cache:1a2b...";
const hit = (cmd: string) => [checking, `Using caching version of cmd: ${cmd}`];
const miss = (cmd: string) => [checking, `No cached layer found for cmd ${cmd}`];
const push = "Pushing layer registry:5000/acme/shop/cache:1a2b to cache now";

describe("core/cache-use", () => {
  it("is unknown when nothing spoke of the cache", () => {
    expect(
      countIn(["RUN make", "Taking snapshot of full filesystem...", "Pushed r/a@sha256:0"]),
    ).toBeUndefined();
  });

  it("counts the steps of all stages", () => {
    const lines = [
      ...hit("RUN a"),
      ...hit("COPY b c"),
      "Found cached layer, extracting to filesystem",
      ...hit("RUN d"),
    ];
    expect(countIn(lines)).toEqual({ hits: 3, misses: 0 });
  });

  it("counts as misses also the steps after a miss, which are not asked for", () => {
    const lines = [...hit("RUN a"), ...miss("RUN b"), "RUN b", push, "RUN c", push, "RUN d", push];
    expect(countIn(lines)).toEqual({ hits: 1, misses: 3 });
  });

  it("counts a miss whose step failed before it could be pushed", () => {
    expect(countIn([...miss("RUN a"), "RUN a", "Error: exit status 1"])).toEqual({ hits: 0, misses: 1 });
  });

  it("takes nothing else for it", () => {
    expect(
      countIn(["say Using caching version of cmd: RUN a", "Pushing layer x to cache now or never"]),
    ).toBeUndefined();
  });
});
