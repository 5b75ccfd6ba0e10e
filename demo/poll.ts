import { setTimeout as sleep } from "node:timers/promises";

export type PollOptions = {
  /** What is waited for, as a sentence's end: `the image's pod to run`. */
  what: string;
  seconds: number;
  signal: AbortSignal;
  /** Why it is not there yet, as far as is known. */
  reason?: () => string;
};

/** Asks again and again until there is an answer. An error from `ask` ends the wait. */
export async function poll<Answer>(
  ask: () => Promise<Answer | undefined>,
  { what, seconds, signal, reason }: PollOptions,
): Promise<Answer> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) {
      const why = reason?.() ?? "";
      throw new Error(`waited ${seconds} s for ${what}${why === "" ? "" : `: ${why}`}`);
    }
    await sleep(100, undefined, { signal });
  }
}
