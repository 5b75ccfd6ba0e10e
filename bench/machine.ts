import { cpus, loadavg, totalmem } from "node:os";

/** What the figures come from. */
export type Machine = {
  processors: number;
  processor: string;
  memoryGiB: number;
  node: string;
  /** How many processes wanted a processor, in the minute before the first measurement and in the last one. */
  loadAtStart: number;
  loadAtEnd: number;
};

/** To be called before the measurements; the returned function, after them. */
export function watchMachine(): () => Machine {
  const loadAtStart = load();
  return () => ({
    processors: cpus().length,
    processor: cpus()[0]?.model ?? "unknown",
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    node: process.version,
    loadAtStart,
    loadAtEnd: load(),
  });
}

export function formatMachine(machine: Machine): string[] {
  const { processors, processor, memoryGiB, node, loadAtStart, loadAtEnd } = machine;
  return [
    `${processors} × ${processor}, ${memoryGiB} GiB, Node ${node}`,
    `load ${loadAtStart.toFixed(1)} before, ${loadAtEnd.toFixed(1)} at the end`,
    ...(loadAtStart > processors / 2
      ? ["The machine had other work to do: take these figures for provisional."]
      : []),
  ];
}

function load(): number {
  return loadavg()[0] ?? 0;
}
