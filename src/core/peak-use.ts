import type { PeakUse } from "./build.ts";

/** Keeps the most that a build was seen to use. */
export type PeakCount = {
  hear(use: PeakUse): void;
  /** Undefined as long as nothing was measured. */
  use(): PeakUse | undefined;
};

export function createPeakCount(): PeakCount {
  let peak: PeakUse | undefined;
  return {
    hear({ memoryBytes, cpu }) {
      peak = {
        memoryBytes: Math.max(memoryBytes, peak?.memoryBytes ?? 0),
        cpu: Math.max(cpu, peak?.cpu ?? 0),
      };
    },
    use: () => peak,
  };
}
