/** How long a build waits for what passes, in milliseconds. */
export type BuildPauses = {
  /** Before each further try to announce the build on the forge. */
  announceDelays: readonly number[];
  /** Before each further question whether the registry has the image. */
  confirmDelays: readonly number[];
  /** A context that is being sent is sent to its end within this, although the bot stops: a cut one is a build lost. */
  contextGrace: number;
  /** A build whose context broke off ends within this and says why, or its node has not noticed. */
  endAfterCut: number;
};

export const BUILD_PAUSES: BuildPauses = {
  announceDelays: [1000, 3000],
  confirmDelays: [200, 1000, 3000, 10_000],
  contextGrace: 10_000,
  endAfterCut: 30_000,
};
