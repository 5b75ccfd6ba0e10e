import type { Build, BuildTimings } from "../../core/build.ts";

const NAMES: Record<keyof BuildTimings, string> = {
  accepted: "Accepted",
  started: "Out of the queue",
  archiveFetched: "Archive fetched",
  builderStarted: "Builder asked for",
  running: "Builder running",
  contextSent: "Files sent",
  pushed: "Image pushed",
  verified: "Image verified",
  finished: "Ended",
};

export type Stage = { name: string /** In milliseconds since the build was accepted. */; after: number };

/** The stages that a build that ended went through, in the order in which it reached them. */
export function stagesOf({ result }: Build): Stage[] {
  if (!result) return [];
  const { accepted } = result.timings;
  return Object.entries(result.timings)
    .map(([stage, at]) => ({ name: NAMES[stage as keyof BuildTimings] ?? stage, after: at - accepted }))
    .toSorted((one, other) => one.after - other.after);
}

export type Step = { name: string; progress: "done" | "current" | "ahead" };

/** Where a build stands that has not ended. */
export function stepsOf({ state, request }: Build): Step[] {
  const approval = request.approval === undefined ? [] : [["waiting-for-approval", "Approval"] as const];
  const steps = [
    ...approval,
    ["queued", "Queue"] as const,
    ["running", "Build"] as const,
    ["completed", "Image"] as const,
  ];
  const current = steps.findIndex(([step]) => step === state);
  return steps.map(([, name], at) => ({
    name,
    progress: at < current ? "done" : at === current ? "current" : "ahead",
  }));
}
