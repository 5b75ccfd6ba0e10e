import { setImmediate } from "node:timers/promises";
import type { Room, TakenRoom } from "../core/room.ts";
import { takeRoom } from "../core/take-room.ts";

/** Waits for room, and discards what is kept without need, the oldest first, as long as there is none. */
export async function takeRoomFromIdle<T>(
  room: Room,
  amount: number,
  idle: ReadonlySet<T>,
  discard: (oldest: T) => Promise<void>,
  signal: AbortSignal,
): Promise<TakenRoom> {
  const taking = takeRoom(room, amount, signal);
  for (const oldest of idle) {
    const isTaken = await Promise.race([taking.then(() => true), setImmediate(false)]);
    if (isTaken) break;
    // Somebody may have begun to use it meanwhile.
    if (idle.has(oldest)) await discard(oldest);
  }
  return taking;
}
