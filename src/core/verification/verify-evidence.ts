import type { ProgramFacts } from "./program-facts.ts";

/** What is known of an image that was run and did not show what it had to: the material of a diagnosis. */
export type VerifyEvidence = {
  /** Its program's exit code, if it ended by itself or was killed. */
  exitCode?: number;
  /** The cluster's own word: `StartError`, `OOMKilled`, `ErrImagePull`, `DeadlineExceeded`, … */
  reason?: string;
  /** The cluster's sentence to that word. */
  message?: string;
  /** The cluster's warnings about the pod, oldest first. */
  warnings: string[];
  /** The end of its log, oldest line first. */
  log: string[];
  /** Patterns that its log did not show. */
  missing: string[];
  /** Whether its program was seen running. */
  hasRun: boolean;
  /** Whether its port was open, or its path answered. */
  isReady: boolean;
};

/** What was run. */
export type VerifiedImage = {
  /** By digest, as nodes pull it. */
  pinned: string;
  /** What the registry tells of its platform and program, as far as it could be read. */
  program?: ProgramFacts | undefined;
  /** How much memory it may use. */
  memory: string;
};
