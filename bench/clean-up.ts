/** What is to be undone, last things first. Whoever asks for it, and how often: it happens once, and all wait for it. */
export class CleanUp extends AsyncDisposableStack {
  #disposal: Promise<void> | undefined;

  override disposeAsync(): Promise<void> {
    this.#disposal ??= super.disposeAsync();
    return this.#disposal;
  }

  override [Symbol.asyncDispose](): Promise<void> {
    return this.disposeAsync();
  }
}
