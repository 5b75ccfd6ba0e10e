/** Lets loops wait until something has changed, without missing what changes while they are busy. */
export class Changes {
  #version = 0;
  readonly #waiting = new Set<() => void>();

  get version(): number {
    return this.#version;
  }

  readonly tell = (): void => {
    this.#version += 1;
    for (const wake of this.#waiting) wake();
  };

  /** Resolves once there is a later version than `version`, or after `timeoutMs`. */
  after(version: number, signal: AbortSignal, timeoutMs?: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      if (this.#version !== version) return resolve();
      const timer = timeoutMs === undefined ? undefined : setTimeout(() => settle(resolve), timeoutMs);
      const wake = () => settle(resolve);
      const abort = () => settle(() => reject(signal.reason));
      const settle = (how: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener("abort", abort);
        how();
      };
      this.#waiting.add(wake);
      signal.addEventListener("abort", abort, { once: true });
    });
  }
}
