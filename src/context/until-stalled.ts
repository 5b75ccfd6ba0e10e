import type { Readable } from "node:stream";

/** The stream's chunks; fails when none comes for so long. A half-open connection would otherwise hold a build for minutes. */
export async function* untilStalled(stream: Readable, milliseconds: number): AsyncGenerator<Uint8Array> {
  const stalled = () => stream.destroy(new Error(`nothing arrived for ${milliseconds / 1000} s`));
  let timer = setTimeout(stalled, milliseconds);
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      clearTimeout(timer);
      yield chunk;
      timer = setTimeout(stalled, milliseconds);
    }
  } finally {
    clearTimeout(timer);
  }
}
