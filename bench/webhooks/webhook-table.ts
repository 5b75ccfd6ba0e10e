import { milliseconds } from "../report/format-figure.ts";
import type { Table } from "../report/section-report.ts";
import { median, quantile } from "../statistics.ts";
import type { Series } from "./take-turns.ts";

/** Answer times and throughput, one row for each series. */
export function webhookTable(series: readonly Series[]): Table {
  return {
    title: "From the request to the whole answer",
    columns: ["", "at a time", "median", "p95", "slowest", "per second"],
    rows: series.map(({ what, width, timings: { each, together } }) => [
      what,
      String(width),
      milliseconds(median(each)),
      milliseconds(quantile(each, 0.95)),
      milliseconds(Math.max(...each)),
      String(Math.round((each.length / together) * 1000)),
    ]),
    notes: [
      "Redis with appendonly yes, appendfsync everysec; every accepted push was found in its queue",
      "bare queue.add: plain BullMQ with the same entries, in a process that does nothing else",
      "the bot has one worker and no cluster: no build takes time from the answers",
    ],
  };
}
