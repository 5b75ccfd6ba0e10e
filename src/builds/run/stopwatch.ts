import type { Logger } from "pino";
import type { BuildTimings } from "../../core/build.ts";

/** Notes when a build reaches each stage, and tells the log: a build's time line is its `stage` lines. */
export type Stopwatch = {
  readonly timings: BuildTimings;
  /** The first time counts. */
  mark(stage: keyof BuildTimings): void;
};

export function createStopwatch(acceptedAt: number, log: Logger): Stopwatch {
  const timings: BuildTimings = { accepted: acceptedAt };
  return {
    timings,
    mark(stage) {
      if (timings[stage] !== undefined) return;
      const at = Date.now();
      timings[stage] = at;
      log.info({ stage, at, sinceAccepted: at - acceptedAt }, "build reached stage");
    },
  };
}
