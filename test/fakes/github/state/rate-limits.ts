import type { Caller } from "../auth/caller.ts";

export type RateLimit = { limit: number; used: number; remaining: number; reset: number };

const WINDOW_MS = 60 * 60 * 1000;

/** Counts each installation's requests by the hour: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export class RateLimits {
  readonly limit: number;
  readonly #windows = new Map<string, { used: number; endsAt: number }>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** What the caller has left. */
  of(caller: Caller, now: Date): RateLimit {
    const { used, endsAt } = this.#window(caller, now);
    const remaining = Math.max(0, this.limit - used);
    return { limit: this.limit, used, remaining, reset: Math.ceil(endsAt / 1000) };
  }

  count(caller: Caller, now: Date): void {
    this.#window(caller, now).used += 1;
  }

  #window(caller: Caller, now: Date): { used: number; endsAt: number } {
    const name =
      caller.kind === "installation" ? `installation ${caller.token.installation.id}` : caller.kind;
    const known = this.#windows.get(name);
    if (known && known.endsAt > now.getTime()) return known;
    const fresh = { used: 0, endsAt: now.getTime() + WINDOW_MS };
    this.#windows.set(name, fresh);
    return fresh;
  }
}
