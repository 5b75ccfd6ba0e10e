/** This process's hold of an entry that it took: by a lock, until its handler is through. */
export class EntryHold {
  readonly #noun: string;
  readonly #letGo = new AbortController();
  readonly #lease: NodeJS.Timeout;
  readonly #lost = Promise.withResolvers<never>();
  lost = false;

  constructor(noun: string, lockMilliseconds: number) {
    this.#noun = noun;
    this.#lost.promise.catch(() => {});
    // Nobody tells a process that it lost a lock while it cannot reach the backend: it has to know by itself.
    // A little before the lock runs out there.
    this.#lease = setTimeout(() => this.lose(), lockMilliseconds * 0.9);
  }

  get signal(): AbortSignal {
    return this.#letGo.signal;
  }

  renewed(): void {
    this.#lease.refresh();
  }

  letGo(): void {
    this.#letGo.abort(new Error(`this process is about to stop; another one takes the ${this.#noun}`));
  }

  lose(): void {
    this.lost = true;
    const reason = new Error(
      `this process lost its hold of the ${this.#noun}; another one may have taken it`,
    );
    this.#letGo.abort(reason);
    this.#lost.reject(reason);
  }

  /** Rejects as soon as the entry is lost, whatever `work` does. */
  async unlessLost<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.lost) return this.#lost.promise;
    return Promise.race([work(), this.#lost.promise]);
  }

  end(): void {
    clearTimeout(this.#lease);
  }
}
