const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Rejects at the first Ctrl-C or request to end. The next one ends the process at once. */
export function interruption(): Promise<never> {
  return new Promise((_, reject) => {
    for (const signal of SIGNALS) process.once(signal, () => reject(new Error(`interrupted by ${signal}`)));
  });
}
