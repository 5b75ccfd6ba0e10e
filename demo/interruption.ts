const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Aborts at the first Ctrl-C (or request to end), and calls `onSecond` at the next one. */
export function createInterruption(onSecond: () => void): AbortSignal {
  const controller = new AbortController();
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (controller.signal.aborted) onSecond();
      else controller.abort(new Error(`interrupted by ${name}`));
    });
  }
  return controller.signal;
}
