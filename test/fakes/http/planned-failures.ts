/** What is to go wrong with requests that match. */
export type PlannedFailure = {
  /** Any method when it is not given. */
  method?: string;
  /** Matched with the path without `/api/v3`; an archive's download is at `/codeload/…`. */
  path?: RegExp;
  /** How many requests are to fail; 1 when it is not given. */
  times?: number;
  /** Answer with this status … */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** … or break the connection without an answer … */
  disconnect?: boolean;
  /** … or break it after so many bytes of the answer's body. */
  afterBytes?: number;
  /** … or say nothing (more) and keep the connection open, alone or with `afterBytes`. */
  hang?: boolean;
  /** Wait first. On its own: answer late, but rightly. */
  delayMs?: number;
  /** Do what was asked before failing, as when the answer is lost on its way. */
  afterEffect?: boolean;
};

/** A planned failure, and how often it has happened. */
export type FailureHandle = { readonly happened: number; cancel(): void };

type Entry = { plan: PlannedFailure; left: number; happened: number };

/** The failures that tests asked for and that have not happened yet. */
export class PlannedFailures {
  #entries: Entry[] = [];

  add(plan: PlannedFailure): FailureHandle {
    const entry = { plan, left: plan.times ?? 1, happened: 0 };
    this.#entries.push(entry);
    return {
      get happened() {
        return entry.happened;
      },
      cancel() {
        entry.left = 0;
      },
    };
  }

  /** The failure for this request, if one is planned; it is used up by that. */
  take(method: string, path: string): PlannedFailure | undefined {
    const entry = this.#entries.find(
      ({ plan, left }) => left > 0 && (plan.method ?? method) === method && (plan.path?.test(path) ?? true),
    );
    if (!entry) return undefined;
    entry.left -= 1;
    entry.happened += 1;
    return entry.plan;
  }

  clear(): void {
    for (const entry of this.#entries) entry.left = 0;
    this.#entries = [];
  }
}
