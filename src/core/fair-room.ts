import type { QueuePosition } from "./queue-position.ts";

export type FairPlace = { free(): void };

/** Somebody's asking for a place. */
export type FairTaking = {
  /** Rejects with the signal's reason when that aborts first; there is no place to free then. */
  readonly place: Promise<FairPlace>;
  /** Undefined when there is nothing to wait for any more. */
  position(): QueuePosition | undefined;
};

export type FairRoom = { take(key: string, signal: AbortSignal): FairTaking };

type Waiter = { askedAt: number; serve(): void };
/** `servedAt` and `askedAt` count turns, not time. */
type Share = { held: number; servedAt: number; waiting: Waiter[] };

/**
 * Places, of which each key (a repository) has at most `perKey`. Among the keys that wait and may have one more, the one that
 * has fewest is next, then the one that was served longest ago, then the one that asked first; within a key, first come,
 * first served. So one key's hundred do not hold up another's first.
 */
export function createFairRoom({ total, perKey }: { total: number; perKey: number }): FairRoom {
  const shares = new Map<string, Share>();
  let free = total;
  let turns = 0;

  function give(): void {
    for (let next = nextShare(); free > 0 && next; next = nextShare()) {
      turns += 1;
      free -= 1;
      next.held += 1;
      next.servedAt = turns;
      next.waiting.shift()?.serve();
    }
    forget();
  }

  function nextShare(): Share | undefined {
    let next: Share | undefined;
    for (const share of shares.values()) {
      if (share.waiting.length === 0 || share.held >= perKey) continue;
      if (!next || isBefore(turnOf(share, 0), turnOf(next, 0))) next = share;
    }
    return next;
  }

  /** While anybody waits, who was served when is remembered of all, or a key that comes and goes would always be new. */
  function forget(): void {
    const isAwaited = shares.values().some(({ waiting }) => waiting.length > 0);
    for (const [key, share] of shares) if (!isAwaited && share.held === 0) shares.delete(key);
  }

  function placeOf(share: Share): FairPlace {
    let isHeld = true;
    return {
      free() {
        if (!isHeld) return;
        isHeld = false;
        share.held -= 1;
        free += 1;
        give();
      },
    };
  }

  function positionOf(share: Share, waiter: Waiter): QueuePosition | undefined {
    const index = share.waiting.indexOf(waiter);
    if (index < 0) return undefined;
    const turn = turnOf(share, index);
    const others = shares.values().flatMap((other) => other.waiting.map((_, at) => turnOf(other, at)));
    return {
      inAll: 1 + others.reduce((ahead, other) => ahead + (isBefore(other, turn) ? 1 : 0), 0),
      inRepository: index + 1,
    };
  }

  return {
    take(key, signal) {
      const share = shares.get(key) ?? { held: 0, servedAt: 0, waiting: [] };
      shares.set(key, share);
      const { promise, resolve, reject } = Promise.withResolvers<FairPlace>();
      const abort = () => {
        share.waiting.splice(share.waiting.indexOf(waiter), 1);
        reject(signal.reason);
        forget();
      };
      const waiter: Waiter = {
        askedAt: ++turns,
        serve() {
          signal.removeEventListener("abort", abort);
          resolve(placeOf(share));
        },
      };
      share.waiting.push(waiter);
      if (signal.aborted) abort();
      else {
        signal.addEventListener("abort", abort, { once: true });
        give();
      }
      return { place: promise, position: () => positionOf(share, waiter) };
    },
  };
}

/** What decides, most important first. Each place that a key gets on the way counts as if it kept it. */
type Turn = readonly number[];

function turnOf({ held, servedAt, waiting }: Share, index: number): Turn {
  return [held + index, index, servedAt, waiting[0]?.askedAt ?? 0];
}

function isBefore(one: Turn, other: Turn): boolean {
  const differs = one.findIndex((value, at) => value !== other[at]);
  return differs >= 0 && (one[differs] ?? 0) < (other[differs] ?? 0);
}
