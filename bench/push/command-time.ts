/** User and system time, as the shell's `times` tells them of itself and of its children, one line each. */
const TIMES = /\b(\d+)m([\d.]+)s (\d+)m([\d.]+)s$/gm;

/** What a build's commands took of a processor, in milliseconds, as far as its log tells. */
export function commandTime(log: string): number {
  return log
    .matchAll(TIMES)
    .map(([, ...figures]) => figures.map(Number))
    .map(([userMinutes = 0, userSeconds = 0, systemMinutes = 0, systemSeconds = 0]) => {
      return (userMinutes + systemMinutes) * 60_000 + (userSeconds + systemSeconds) * 1000;
    })
    .reduce((sum, milliseconds) => sum + milliseconds, 0);
}
