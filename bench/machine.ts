import { cpus, loadavg, totalmem } from "node:os";

/** What the figures come from. */
export type Machine = {
  processors: number;
  processor: string;
  memoryGiB: number;
  node: string;
  loadAtStart: number;
  loadAtEnd?: number;
};

export function describeMachine(): Machine {
  const [first] = cpus();
  return {
    processors: cpus().length,
    processor: first?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    loadAtStart: load(),
  };
}

/** How many processes wanted a processor in the last minute. */
export function load(): number {
  return loadavg()[0] ?? 0;
}

export function formatMachine({ processors, processor, memoryGiB, node, loadAtStart }: Machine): string[] {
  const lines = [
    `${processors} × ${processor}, ${memoryGiB} GiB, Node ${node}; load ${loadAtStart.toFixed(1)} at the start`,
  ];
  if (loadAtStart > processors / 2)
    lines.push("The machine had other work to do at the start: take the figures for provisional.");
  return lines;
}
