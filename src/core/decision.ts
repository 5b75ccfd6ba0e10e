import type { BuildRequest, DecidedOutcome } from "./build.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** Something to build, or to say in its check without building it. */
export type DecidedBuild = {
  request: BuildRequest;
  /** Set when there is nothing to run: the end of it, decided already. */
  end?: {
    outcome: DecidedOutcome;
    diagnosis: Diagnosis;
  };
};

/** What becomes of an asking: builds, or nothing, with the reason as a sentence without a full stop. */
export type Decision = { builds: DecidedBuild[] } | { ignored: string };
