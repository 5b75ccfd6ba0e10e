import type { Logger } from "pino";

/** BullMQ and its clients repeat an error for as long as a server is down: many times a second. */
const quietMilliseconds = 30_000;

/** Makes a listener for `error` events that logs an error at once, and the same one again only after a while. */
export function reportErrors(log: Logger, backend: string): (error: Error) => void {
  const seen = new Map<string, { since: number; repeated: number }>();
  return (error) => {
    const now = Date.now();
    const cause = rootMessage(error);
    const last = seen.get(cause);
    if (last && now - last.since < quietMilliseconds) {
      last.repeated += 1;
      return;
    }
    if (seen.size > 100) seen.clear();
    seen.set(cause, { since: now, repeated: 0 });
    log.warn({ backend, cause, repeated: last?.repeated ?? 0 }, "the server reported an error");
  };
}

// An AggregateError (a host name with several addresses) has an empty message of its own.
function rootMessage(error: Error): string {
  if (error instanceof AggregateError) return error.errors.map((each: Error) => each.message).join("; ");
  return error.message || String(error);
}
