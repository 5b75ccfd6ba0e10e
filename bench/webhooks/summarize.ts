import { median, quantile } from "../statistics.ts";
import type { Series } from "./take-turns.ts";

/** Times in milliseconds. */
export type Summary = {
  what: string;
  width: number;
  count: number;
  median: number;
  p95: number;
  slowest: number;
  perSecond: number;
  /** Its throughput, as a share of the bare queue's. */
  ofBare?: number;
};

/** What matters of a series, next to the bare one of the same width if there is one. */
export function summarize({ what, width, timings }: Series, bare: Series | undefined): Summary {
  const { each } = timings;
  const perSecond = throughput(timings);
  return {
    what,
    width,
    count: each.length,
    median: median(each),
    p95: quantile(each, 0.95),
    slowest: Math.max(...each),
    perSecond,
    ...(bare ? { ofBare: perSecond / throughput(bare.timings) } : {}),
  };
}

function throughput({ each, together }: Series["timings"]): number {
  return (each.length / together) * 1000;
}
