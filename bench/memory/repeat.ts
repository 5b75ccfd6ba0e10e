import { setTimeout as sleep } from "node:timers/promises";

/** Does the work again and again, `everyMs` after it was done, until the returned function is called. */
export function repeat(everyMs: number, work: () => Promise<void>): () => Promise<void> {
  let isOver = false;
  const loop = async () => {
    while (!isOver) {
      await work();
      await sleep(everyMs);
    }
  };
  const looping = loop();
  // Told to whoever stops it, and not before.
  looping.catch(() => {});
  return async () => {
    isOver = true;
    await looping;
  };
}
