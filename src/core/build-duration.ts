import type { Build } from "./build.ts";

/** From its start, the wait before it left out, in milliseconds; undefined for a build that has not ended. */
export function buildDuration({ result }: Build): number | undefined {
  if (result?.timings.finished === undefined) return undefined;
  return result.timings.finished - (result.timings.started ?? result.timings.accepted);
}
