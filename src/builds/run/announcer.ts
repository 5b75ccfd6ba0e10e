import type { Logger } from "pino";
import type { Report } from "../../core/report.ts";
import type { BuildPauses } from "./build-pauses.ts";
import type { Reporter } from "./reporter.ts";
import { retryTransient } from "./retry-transient.ts";

/** Tells the forge how a build gets on. The build waits for none of it, and fails by none of it. */
export type Announcer = {
  announce(report: Report): void;
  /** Nothing more is announced, and what could not be yet is given up. */
  stop(): void;
};

export function createAnnouncer(
  reporter: Reporter,
  pauses: BuildPauses,
  letGo: AbortSignal,
  log: Logger,
): Announcer {
  const stopping = new AbortController();
  const signal = AbortSignal.any([letGo, stopping.signal]);
  return {
    announce(report) {
      retryTransient(() => reporter.publish(report), pauses.announceDelays, signal).catch(
        (error: unknown) => {
          if (!signal.aborted)
            log.warn({ err: error }, "build not announced: its check will appear with the result");
        },
      );
    },
    stop: () => stopping.abort(),
  };
}
