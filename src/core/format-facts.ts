import type { Build, CacheUse, PeakUse } from "./build.ts";
import { buildDuration } from "./build-duration.ts";
import { formatBytes } from "./format-bytes.ts";
import { formatCode } from "./format-code.ts";
import { formatDuration } from "./format-duration.ts";
import { formatDurationTrend } from "./format-duration-trend.ts";
import { formatImageFacts } from "./format-image-facts.ts";
import { formatTrigger } from "./format-trigger.ts";
import { describeWish } from "./verification/format-wish.ts";

/** A name of plain text, and inline markdown. */
export type Fact = readonly [name: string, value: string];

/**
 * What is to be known of a build as it stands, for a table. `earlier`: successful builds of the same branch and image, the
 * newest first.
 */
export function formatFacts(build: Build, earlier: readonly Build[]): Fact[] {
  const { request, result } = build;
  const facts: Fact[] = [];
  if (result?.outcome === "success")
    facts.push(...formatImageFacts({ image: result.image, last: earlier[0] }));
  const verified = formatVerified(build);
  if (verified !== undefined) facts.push(["Verified", verified]);
  if (result?.outcome === "built") facts.push(["Digest", formatCode(result.digest)]);
  const duration = buildDuration(build);
  if (duration !== undefined && result?.timings.started !== undefined) {
    facts.push([
      "Duration",
      formatDurationTrend(
        duration,
        earlier.map(buildDuration).filter((ms) => ms !== undefined),
      ),
    ]);
    if (request.noCache) facts.push(["Layer cache", "not used, as asked"]);
    else if (result.cache) facts.push(["Layer cache", formatCache(result.cache)]);
  }
  if (result?.timings.started !== undefined) {
    facts.push(["Queue time", formatDuration(result.timings.started - result.timings.accepted)]);
  }
  if (result?.peak) facts.push(["Peak use", formatPeak(result.peak)]);
  if (build.builder !== undefined) facts.push(["Builder", formatCode(build.builder)]);
  if (build.tries !== undefined && build.tries > 1) facts.push(["Tries", String(build.tries)]);
  if (request.attempt > 1) facts.push(["Attempt", String(request.attempt)]);
  facts.push(["Asked for", formatTrigger(request)]);
  return facts;
}

/** What the image showed when it was run. */
function formatVerified({ request, result }: Build): string | undefined {
  const { pushed, verified } = result?.timings ?? {};
  const { verify } = request.image;
  if (result?.outcome !== "success" || verify === undefined || verified === undefined) return undefined;
  const took = pushed === undefined ? "" : `, in ${formatDuration(verified - pushed)}`;
  return `${describeWish(verify).join("; ")}${took}`;
}

function formatPeak({ memoryBytes, cpu }: PeakUse): string {
  return `${formatBytes(memoryBytes)} of memory, ${cpu.toFixed(2)} CPUs, as measured now and then`;
}

function formatCache({ hits, misses }: CacheUse): string {
  return `${hits} of ${hits + misses} steps`;
}
