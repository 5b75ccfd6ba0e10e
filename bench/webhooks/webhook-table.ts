import { milliseconds } from "../report/format-figure.ts";
import type { Table } from "../report/section-report.ts";
import type { Summary } from "./summarize.ts";

/** Answer times and throughput, one row for each series. */
export function webhookTable(summaries: readonly Summary[]): Table {
  return {
    title: "From the request to the whole answer",
    columns: ["", "at a time", "median", "p95", "slowest", "per second", "throughput of bare"],
    rows: summaries.map(({ what, width, median, p95, slowest, perSecond, ofBare }) => [
      what,
      String(width),
      milliseconds(median),
      milliseconds(p95),
      milliseconds(slowest),
      String(Math.round(perSecond)),
      ofBare === undefined ? "" : `${ofBare.toFixed(2)} ×`,
    ]),
    notes: [
      "bare: plain BullMQ's queue.add of the same entries to the same Redis, in a process that does nothing else",
      "Redis with appendonly yes, appendfsync everysec; every accepted push was found in its queue",
      "the bot's cluster does not answer, so that no build takes time from the webhooks",
    ],
  };
}
