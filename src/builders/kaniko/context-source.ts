import type { Readable } from "node:stream";
import { abortable } from "../../core/abortable.ts";

/** How much is kept to be given again. */
const MAX_KEPT = 1024 * 1024;
const MAX_CHUNK = 64 * 1024;

/**
 * Reads the build context in small chunks, at the reader's pace. Keeps what it gave until {@link forget}, so that it
 * can be given again.
 */
export class ContextSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #pending: Promise<IteratorResult<Buffer>> | undefined;
  #kept: Buffer[] | undefined = [];
  #keptBytes = 0;
  #next = 0;

  constructor(buildContext: Readable) {
    this.#chunks = smallChunks(buildContext);
  }

  /** Whether all that was given can be given again. */
  get isComplete(): boolean {
    return this.#kept !== undefined;
  }

  /** Whether all that may be kept has been given. */
  get isFull(): boolean {
    return this.#kept !== undefined && this.#next === this.#kept.length && this.#keptBytes >= MAX_KEPT;
  }

  async next(signal: AbortSignal): Promise<Buffer | undefined> {
    const again = this.#kept?.[this.#next];
    if (again) {
      this.#next += 1;
      return again;
    }
    this.#pending ??= this.#chunks.next();
    const { done, value } = await abortable(this.#pending, signal);
    // At the end it stays pending: asked again, it says again that nothing is left.
    if (done) return undefined;
    this.#pending = undefined;
    this.#keep(value);
    return value;
  }

  rewind(): void {
    this.#next = 0;
  }

  /** What was given is not needed again. Asked for when all that is kept has been given. */
  forget(): void {
    this.#kept = undefined;
  }

  #keep(chunk: Buffer): void {
    if (!this.#kept) return;
    this.#kept.push(chunk);
    this.#keptBytes += chunk.length;
    this.#next += 1;
  }
}

async function* smallChunks(buildContext: Readable): AsyncGenerator<Buffer, undefined> {
  for await (const chunk of buildContext) {
    const buffer = chunk as Buffer;
    for (let start = 0; start < buffer.length; start += MAX_CHUNK)
      yield buffer.subarray(start, start + MAX_CHUNK);
  }
}
