export type Progress = (line: string) => void;

/** Prefixes each line with the seconds since the beginning. */
export function timedProgress(print: Progress, now: () => number = Date.now): Progress {
  const begin = now();
  return (line) => print(`[${((now() - begin) / 1000).toFixed(1).padStart(6)} s] ${line}`);
}
