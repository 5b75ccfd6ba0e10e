import type { LogLine } from "../../test/harness/bot-process.ts";

/** What the bot's log calls the stages of a build, and what each of them is. */
export const STAGES = {
  accepted: "the webhook's signature is verified and its event understood",
  started: "the queue has given the build to a worker",
  builderStarted: "the Kaniko Job is created",
  archiveFetched: "the archive is fetched and read",
  running: "the Kaniko container runs, as the bot sees it",
  contextSent: "the context is sent, and the container has answered",
  pushed: "the container's output has ended with the pushed digest",
  finished: "the registry has confirmed the digest",
  reported: "GitHub has answered the update of the check run",
} as const;

export type Stage = keyof typeof STAGES;
/** In milliseconds since 1970. */
export type StageTimes = Record<Stage, number>;

/** Reads a build's times from the bot's log about its commit. */
export function stageTimes(log: readonly LogLine[]): StageTimes {
  const times = Object.keys(STAGES).map((stage) => {
    const at = log.find((line) => line.stage === stage)?.at;
    if (at === undefined) throw new Error(`the bot's log says nothing of the stage ${stage}`);
    return [stage, at];
  });
  return Object.fromEntries(times);
}
