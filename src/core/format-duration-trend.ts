import { formatDuration } from "./format-duration.ts";

/** Less is no news. */
const NOTABLE_SHARE = 0.05;
const NOTABLE_MS = 1000;

/** `42 s, 12 s less than usual (median of the last 5: 54 s)`. `earlier` are the durations of builds of the same kind. */
export function formatDurationTrend(duration: number, earlier: readonly number[]): string {
  const shown = formatDuration(duration);
  if (earlier.length === 0) return shown;
  const usual = median(earlier);
  const source = earlier.length === 1 ? "the last one" : `median of the last ${earlier.length}`;
  const difference = duration - usual;
  const isNotable = Math.abs(difference) >= Math.max(NOTABLE_MS, usual * NOTABLE_SHARE);
  const trend = isNotable
    ? `${formatDuration(Math.abs(difference))} ${difference > 0 ? "more" : "less"} than usual`
    : "as usual";
  return `${shown}, ${trend} (${source}: ${formatDuration(usual)})`;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
