import type { BuildState } from "../core/build.ts";

/** The states of a build that has no result yet. */
export const UNFINISHED = ["waiting-for-approval", "queued", "running"] as const satisfies BuildState[];
