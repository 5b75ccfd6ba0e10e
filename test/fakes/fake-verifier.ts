import type { Verifier, VerifyOutcome, VerifyPlan } from "../../src/builders/verifier.ts";
import { abortable } from "../../src/core/abortable.ts";

export type FakeVerifier = Verifier & {
  readonly plans: VerifyPlan[];
  readonly removed: string[];
  /** What the next runs come to, one after the other; an image passes when nothing is said of it. */
  readonly outcomes: (VerifyOutcome | Promise<VerifyOutcome>)[];
  /** What each run prints. */
  log: string[];
};

/** Runs no image, and says of each what a test wants. */
export function createFakeVerifier(): FakeVerifier {
  const verifier: FakeVerifier = {
    plans: [],
    removed: [],
    outcomes: [],
    log: [],
    async verify(plan, onLog, signal) {
      verifier.plans.push(plan);
      for (const line of verifier.log) onLog(line);
      return abortable(Promise.resolve(verifier.outcomes.shift() ?? { passed: true }), signal);
    },
    async remove({ buildId, tryNumber }) {
      verifier.removed.push(`${buildId}-${tryNumber}`);
    },
    async close() {},
  };
  return verifier;
}
