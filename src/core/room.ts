export type TakenRoom = {
  /** Keeps only so much of what was taken. */
  shrink(bytes: number): void;
  free(): void;
};

export type Room = { take(bytes: number): Promise<TakenRoom> };

/** A bounded amount (of bytes, of places), given out in the order of asking. One asking must not be over `total`. */
export function createRoom(total: number): Room {
  let free = total;
  const waiting: { bytes: number; ready: () => void }[] = [];

  function give(): void {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.bytes;
      next.ready();
    }
  }

  return {
    async take(bytes) {
      await new Promise<void>((ready) => {
        waiting.push({ bytes, ready });
        give();
      });
      let held = bytes;
      const shrink = (kept: number): void => {
        free += Math.max(0, held - kept);
        held = Math.min(held, kept);
        give();
      };
      return { shrink, free: () => shrink(0) };
    },
  };
}
