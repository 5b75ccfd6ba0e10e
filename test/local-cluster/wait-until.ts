import { setTimeout as sleep } from "node:timers/promises";

export type WaitOptions = {
  /** What is waited for, as a sentence's end: "the node to be ready". */
  what: string;
  seconds: number;
  everyMs?: number;
  /** Throws when waiting has no more sense, for example because a process ended. */
  giveUp?: () => void;
};

/** Asks again and again until the answer is neither undefined nor an error. */
export async function waitUntil<T>(ask: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const end = Date.now() + options.seconds * 1000;
  let reason = "no answer yet";
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      reason = describe(error);
    }
    options.giveUp?.();
    if (Date.now() > end) throw new Error(`waited ${options.seconds} s for ${options.what}: ${reason}`);
    await sleep(options.everyMs ?? 100);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
