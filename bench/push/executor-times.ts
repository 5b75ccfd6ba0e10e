/** When the executor said its first and its last word, in milliseconds since 1970. */
export type ExecutorTimes = { began: number; ended: number };

/**
 * Reads a container's log with the node's time stamps, which are exact: the pod's own `startedAt` and `finishedAt` are
 * whole seconds. What the executor does before its first line and after its last is not counted.
 */
export function executorTimes(timestampedLog: string): ExecutorTimes {
  const times = timestampedLog
    .split("\n")
    .map((line) => Date.parse(line.slice(0, line.indexOf(" "))))
    .filter((time) => !Number.isNaN(time));
  if (times.length < 2) throw new Error(`the log holds no time stamps: ${timestampedLog.slice(0, 200)}`);
  return { began: Math.min(...times), ended: Math.max(...times) };
}
