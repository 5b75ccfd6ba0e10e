/** Keeps messages until somebody takes them, in order. */
export class Mailbox<Message> {
  readonly #waiting: Message[] = [];
  #end: Error | undefined;
  #wake = Promise.withResolvers<void>();

  put(message: Message): void {
    this.#waiting.push(message);
    this.#stir();
  }

  /** Everyone who waits, or will wait, for more than there is gets this error. */
  fail(error: Error): void {
    this.#end ??= error;
    this.#stir();
  }

  /** The next message, as soon as there is one. */
  async take(signal: AbortSignal): Promise<Message> {
    const aborted = Promise.withResolvers<never>();
    const abort = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", abort);
    try {
      for (;;) {
        signal.throwIfAborted();
        if (this.#waiting.length > 0) return this.#waiting.shift() as Message;
        if (this.#end) throw this.#end;
        await Promise.race([this.#wake.promise, aborted.promise]);
      }
    } finally {
      signal.removeEventListener("abort", abort);
      aborted.promise.catch(() => {});
    }
  }

  #stir(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}
