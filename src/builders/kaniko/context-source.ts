import type { Readable } from "node:stream";
import { abortable } from "./abortable.ts";

/** How much is kept to be sent again. */
const MAX_KEPT = 1024 * 1024;
const MAX_CHUNK = 64 * 1024;

/**
 * Reads the build context in small chunks, at the reader's pace. Keeps what it gave until {@link forget}, so that it
 * can be given again to a container that turned out not to have been there.
 */
export class ContextSource {
  readonly #chunks: AsyncIterator<Buffer>;
  #pending: Promise<IteratorResult<Buffer>> | undefined;
  #kept: Buffer[] = [];
  #keptBytes = 0;
  #next = 0;
  #forgetting = false;

  constructor(buildContext: Readable) {
    this.#chunks = smallChunks(buildContext);
  }

  /** Whether no more can be kept: what is given now could not be given again. */
  get isFull(): boolean {
    return !this.#forgetting && this.#keptBytes >= MAX_KEPT;
  }

  async next(signal: AbortSignal): Promise<Buffer | undefined> {
    const again = this.#kept[this.#next];
    if (again) {
      this.#next += 1;
      return again;
    }
    this.#pending ??= this.#chunks.next();
    const { done, value } = await abortable(this.#pending, signal);
    // At the end it stays pending: asked again, it says again that nothing is left.
    if (done) return undefined;
    this.#pending = undefined;
    if (!this.#forgetting) this.#keep(value);
    return value;
  }

  rewind(): void {
    this.#next = 0;
  }

  /** All that was given has arrived: it is not needed again. */
  forget(): void {
    this.#forgetting = true;
    this.#kept = this.#kept.slice(this.#next);
    this.#next = 0;
  }

  #keep(chunk: Buffer): void {
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
