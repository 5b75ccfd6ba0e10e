import { expect, it } from "vitest";
import type { BuildState } from "../../../../src/core/build.ts";
import { decideSweep, type Leftover } from "../../../../src/core/clean-up/decide-sweep.ts";
import { built, NOW } from "./shelf.ts";

const MINUTE = 60_000;
const leftover = (minutesAgo: number): Leftover => ({
  ...{ kind: "Job", name: "pushwright-1", createdAt: NOW - minutesAgo * MINUTE, lifetime: 120 * MINUTE },
});
const build = (state: BuildState, endedMinutesAgo: number) => {
  const { result, ...rest } = built(1, 1);
  const timings = { accepted: 0, finished: NOW - endedMinutesAgo * MINUTE };
  return { ...rest, state, ...(result ? { result: { ...result, timings } } : {}) };
};

it.each([
  [
    "of a build that ended and was not cleared up after",
    30,
    build("completed", 11),
    "its build ended 11 min ago",
  ],
  ["of a build that has just ended, whose process clears up", 30, build("completed", 9), undefined],
  ["of a build that runs, however long", 9_999, build("running", 9_000), undefined],
  ["of a build that waits", 9_999, build("queued", 9_000), undefined],
  [
    "of a build that the history does not know",
    121,
    undefined,
    "the history knows no build of it, and it is 121 min old",
  ],
  [
    "of a build that the history does not know and that may still run, or be asked for its result",
    119,
    undefined,
    undefined,
  ],
])("what is left %s", (_, minutesAgo, known, why) => {
  expect(decideSweep(leftover(minutesAgo), known, NOW)).toBe(why);
});
