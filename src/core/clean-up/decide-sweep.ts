import type { Build } from "../build.ts";
import type { BuildId } from "../build-id.ts";
import { formatDuration } from "../format-duration.ts";

/** An object in the builds' namespace that a build left there, or is using. Times in milliseconds. */
export type Leftover = {
  kind: "Job" | "pod";
  name: string;
  /** Absent for what is no build's. */
  buildId?: BuildId;
  createdAt: number;
  /** How long it may take, and stay after that for whoever comes back for its result. */
  lifetime: number;
};

/** Whoever reports a build's end clears up after it within that time. */
const CLEARING_UP_MS = 10 * 60 * 1000;

/** Why the object is abandoned, as a sentence without a full stop; undefined when it is not. */
export function decideSweep(leftover: Leftover, build: Build | undefined, now: number): string | undefined {
  if (build) {
    if (build.state !== "completed") return undefined;
    const ended = now - (build.result?.timings.finished ?? build.request.acceptedAt);
    return ended > CLEARING_UP_MS ? `its build ended ${formatDuration(ended)} ago` : undefined;
  }
  const age = now - leftover.createdAt;
  if (age <= leftover.lifetime) return undefined;
  return `the history knows no build of it, and it is ${formatDuration(age)} old`;
}
