import type { CommitSha } from "../core/commit-sha.ts";
import type { Placement } from "../core/placement.ts";
import type { ProgramFacts } from "../core/verification/program-facts.ts";
import type { VerifyEvidence } from "../core/verification/verify-evidence.ts";
import type { VerifyWish } from "../core/verification/verify-wish.ts";
import type { BuildPlan, BuildTry } from "./builder.ts";

/** One run of a pushed image. */
export type VerifyPlan = BuildTry & {
  /** `acme/shop`, for people who look at the cluster. */
  repository: string;
  commit: CommitSha;
  /** By digest, under the name that nodes pull. */
  image: string;
  /** What the image says that it runs on: it gets a node of that kind. */
  platform?: Pick<ProgramFacts, "os" | "architecture"> | undefined;
  /** On which nodes: as its build. */
  placement?: Placement | undefined;
  wish: VerifyWish;
  /** The build had these: their values are struck out of what the image prints. */
  secretArgs: BuildPlan["secretArgs"];
};

export type VerifyOutcome = { passed: true } | { evidence: VerifyEvidence };

/** Runs pushed images where builds run, to see that they do. */
export interface Verifier {
  /**
   * Runs the image, or finds its run, until it has shown all that it is to show, or cannot any more. Asking twice runs
   * it once. `onLog` hears its log from the start. Rejects when `signal` aborts: the run goes on.
   */
  verify(plan: VerifyPlan, onLog: (line: string) => void, signal: AbortSignal): Promise<VerifyOutcome>;

  /** Ends the run, and those of earlier tries, and removes all that they left. No error if nothing is there. */
  remove(build: BuildTry): Promise<void>;

  /** Lets go of connections. Running images go on. */
  close(): Promise<void>;
}
