import { milliseconds } from "../report/format-figure.ts";
import type { Table } from "../report/section-report.ts";
import type { PlaceFigures } from "./measure-history.ts";

export function historyTable({ place, addedPerSecond, lookUps }: PlaceFigures): Table {
  return {
    title: `From the question to the parsed page of 50, ${place}`,
    columns: ["", "median", "p99", "slowest"],
    rows: lookUps.map(({ what, median, p99, slowest }) => [
      what,
      milliseconds(median),
      milliseconds(p99),
      milliseconds(slowest),
    ]),
    notes: [`kept before that at ${Math.round(addedPerSecond)} builds a second, 50 at a time`],
  };
}
