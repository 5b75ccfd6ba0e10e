/** A signal that aborts `milliseconds` after the other one, with its reason. */
export function delayAbort(signal: AbortSignal, milliseconds: number): AbortSignal {
  const delayed = new AbortController();
  const abortLater = () => setTimeout(() => delayed.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) abortLater();
  else signal.addEventListener("abort", abortLater, { once: true });
  return delayed.signal;
}
