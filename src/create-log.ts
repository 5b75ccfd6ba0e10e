import { destination, type Level, type Logger, pino } from "pino";

/**
 * Logs JSON lines to stdout. Writing waits for nobody: whoever reads stdout may fall behind, and a bot that waited for
 * it would answer no webhook. At the process's end, lines that nobody reads are dropped.
 */
export function createLog(level: Level | "silent"): Logger {
  let exiting = false;
  const stdout = destination({ dest: 1, sync: false, retryEAGAIN: () => !exiting });
  process.prependOnceListener("exit", () => {
    exiting = true;
    try {
      stdout.flushSync();
    } catch {
      // Not a word can be said about it: this was the way to say it.
    }
    stdout.destroy(); // Or pino tries the same again, and fails loudly.
  });
  return pino({ level }, stdout);
}
