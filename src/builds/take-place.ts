import type { Room, TakenRoom } from "../core/room.ts";

/** Waits for one of the places that builds run in. Rejects when `signal` aborts; a place that comes later is given back. */
export async function takePlace(places: Room, signal: AbortSignal): Promise<TakenRoom> {
  signal.throwIfAborted();
  const place = places.take(1);
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  try {
    return await Promise.race([place, aborted.promise]);
  } catch (error) {
    void place.then((late) => late.free());
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
