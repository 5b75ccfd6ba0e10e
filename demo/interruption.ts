const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** npm sends what the terminal has sent already: that is not yet a second Ctrl-C. */
const ECHO_MS = 1000;

/** The person at the keyboard has had enough: no failure. */
export class Interruption extends Error {
  override readonly name = "Interruption";
}

/**
 * Aborts at the first Ctrl-C (or other request to end), when nobody reads the output any more, and at an error that
 * nobody caught, so that everything is cleaned up all the same. Calls `onSecond` at the next Ctrl-C.
 */
export function createInterruption(onSecond: () => void): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!controller.signal.aborted) {
        first = Date.now();
        controller.abort(new Interruption(`interrupted by ${name}`));
      } else if (Date.now() - first > ECHO_MS) onSecond();
    });
  }
  process.stdout.on("error", () => controller.abort(new Interruption("nobody reads the output")));
  process.on("uncaughtException", (error) => controller.abort(error));
  return controller.signal;
}
