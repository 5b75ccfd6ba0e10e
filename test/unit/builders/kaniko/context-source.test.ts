import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { ContextSource } from "../../../../src/builders/kaniko/context-source.ts";

const never = new AbortController().signal;
const MIB = 1024 * 1024;

async function readAll(source: ContextSource): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let chunk = await source.next(never); chunk; chunk = await source.next(never)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("a context's source", () => {
  it("gives everything, in small chunks, and again after a rewind", async () => {
    const bytes = Buffer.alloc(MIB / 2, "abcdefgh");
    const source = new ContextSource(Readable.from([bytes.subarray(0, 10), bytes.subarray(10)]));
    expect((await source.next(never))?.length).toBe(10);
    expect((await source.next(never))?.length).toBe(64 * 1024);
    source.rewind();
    expect((await readAll(source)).equals(bytes)).toBe(true);
    expect(await source.next(never)).toBeUndefined();
    source.rewind();
    expect((await readAll(source)).equals(bytes)).toBe(true);
    expect(source).toMatchObject({ isComplete: true, isFull: false });
  });

  it("says when it holds as much as it may, and lets go of it", async () => {
    let read = 0;
    const source = new ContextSource(
      Readable.from(
        (function* () {
          for (; read < 64; read++) yield Buffer.alloc(64 * 1024, read);
        })(),
        { objectMode: true, highWaterMark: 1 },
      ),
    );
    while (!source.isFull) await source.next(never);
    expect(read).toBeLessThan(20);
    source.rewind();
    expect(source.isFull).toBe(false);
    while (!source.isFull) await source.next(never);
    source.forget();
    expect(source).toMatchObject({ isComplete: false, isFull: false });
    expect((await readAll(source)).length).toBe(3 * MIB);
  });

  it("loses nothing when a reader gives up waiting", async () => {
    const stream = new Readable({ read() {} });
    const source = new ContextSource(stream);
    const stop = new AbortController();
    const waiting = source.next(stop.signal);
    stop.abort(new Error("stop"));
    await expect(waiting).rejects.toThrow("stop");
    stream.push("late");
    expect((await source.next(never))?.toString()).toBe("late");
  });

  it("passes on that the stream broke", async () => {
    const source = new ContextSource(
      Readable.from(
        (function* () {
          yield Buffer.from("a");
          throw new Error("broke");
        })(),
      ),
    );
    await source.next(never);
    await expect(source.next(never)).rejects.toThrow("broke");
  });
});
