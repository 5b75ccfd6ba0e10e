import { abortable } from "./abortable.ts";
import type { Room, TakenRoom } from "./room.ts";

/** Waits for room. Rejects when `signal` aborts; room that comes later is given back. */
export async function takeRoom(room: Room, amount: number, signal: AbortSignal): Promise<TakenRoom> {
  signal.throwIfAborted();
  const taking = room.take(amount);
  try {
    return await abortable(taking, signal);
  } catch (error) {
    void taking.then((late) => late.free());
    throw error;
  }
}
