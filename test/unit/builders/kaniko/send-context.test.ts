import { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { Attachment } from "../../../../src/builders/kaniko/attachment.ts";
import type { AttachmentEnd } from "../../../../src/builders/kaniko/attachment-end.ts";
import { sendContext } from "../../../../src/builders/kaniko/send-context.ts";

const never = new AbortController().signal;
const notThere: AttachmentEnd = { kind: "refused", message: "container kaniko not found in pod x" };

type Script = {
  /** Ends the attachment once so many bytes came. */
  endAfter?: number;
  end?: AttachmentEnd;
  /** Says something once the input has ended. */
  speaks?: boolean;
  /** Ends once the input has ended. */
  endsAtEnd?: boolean;
};

/** Containers that take a context as the scripts say, one after the other. */
function containers(...scripts: Script[]) {
  const received: Buffer[][] = [];
  const heard: string[] = [];
  const sending = {
    scheduledPod: async () => ({ metadata: { name: "pod" } }),
    onOutput: (_: string, chunk: Buffer) => heard.push(chunk.toString()),
    pause: (milliseconds: number, signal: AbortSignal) => sleep(milliseconds, undefined, { signal }),
    async attach(_: unknown, onOutput: (stream: "stderr", chunk: Buffer) => void): Promise<Attachment> {
      const {
        endAfter = Number.POSITIVE_INFINITY,
        end = notThere,
        speaks = true,
        endsAtEnd = false,
      } = scripts[received.length] ?? {};
      const chunks: Buffer[] = [];
      received.push(chunks);
      const ended = new AbortController();
      const size = () => chunks.reduce((sum, chunk) => sum + chunk.length, 0);
      if (endAfter === 0) setTimeout(() => ended.abort(end), 5);
      return {
        ended: ended.signal,
        async send(chunk) {
          chunks.push(chunk);
          if (size() >= endAfter) ended.abort(end);
        },
        async endInput() {
          if (speaks) onOutput("stderr", Buffer.from("thanks"));
          if (endsAtEnd) setTimeout(() => ended.abort({ kind: "container-ended" }), 5);
        },
        close: () => {
          if (!ended.signal.aborted) ended.abort({ kind: "broken", message: "closed" });
        },
      };
    },
  };
  return {
    sending,
    heard,
    received: (index: number) => Buffer.concat(received[index] ?? []),
    count: () => received.length,
  };
}

const bytes = (size: number) => Buffer.alloc(size, "0123456789");

describe("sending a context", () => {
  it("gives all of it to the first container that is there", async () => {
    const world = containers({ endAfter: 0 }, { endAfter: 1 }, {});
    const context = bytes(200_000);
    const attachment = await sendContext(Readable.from([context]), world.sending, never);
    expect(world.count()).toBe(3);
    expect(world.received(2).equals(context)).toBe(true);
    expect(world.heard).toEqual(["thanks"]);
    expect(attachment.ended.aborted).toBe(false);
  });

  it("sends again after a connection that broke without a word", async () => {
    const world = containers({ endAfter: 100, end: { kind: "broken", message: "1006" } }, {});
    await sendContext(Readable.from([bytes(1000)]), world.sending, never);
    expect(world.received(1)).toHaveLength(1000);
  });

  it("holds a large context back until the container is known to be there", async () => {
    const world = containers({ endAfter: 2 * 1024 * 1024, end: { kind: "broken", message: "reset" } });
    const stream = Readable.from(Array.from({ length: 50 }, () => bytes(100_000)));
    await expect(sendContext(stream, world.sending, never)).rejects.toMatchObject({
      diagnosis: { class: "transient", code: "context-cut-short", cause: expect.stringContaining("reset") },
    });
    expect(world.count()).toBe(1);
    expect(stream.destroyed).toBe(true);
  });

  it("says that a build ended before it had taken all", async () => {
    const world = containers({ endAfter: 100_000, end: { kind: "container-ended" } });
    const sent = sendContext(Readable.from([bytes(300_000)]), world.sending, never);
    await expect(sent).rejects.toMatchObject({ diagnosis: { code: "context-cut-short" } });
  });

  it("is content with a build that ended without a word once it had all", async () => {
    const world = containers({ speaks: false, endsAtEnd: true });
    const attachment = await sendContext(Readable.from([bytes(1000)]), world.sending, never);
    expect(attachment.ended.reason).toEqual({ kind: "container-ended" });
  });

  it("stops when the API forbids it", async () => {
    const world = containers({
      endAfter: 0,
      end: { kind: "refused", status: 403, message: "pods/attach is forbidden" },
    });
    const sent = sendContext(Readable.from([bytes(10)]), world.sending, never);
    await expect(sent).rejects.toMatchObject({ status: 403 });
  });

  it("stops when it is told to, and lets the stream go", async () => {
    const stop = new AbortController();
    const stream = new Readable({ read() {} });
    const sent = sendContext(stream, containers({}).sending, stop.signal);
    setTimeout(() => stop.abort(new Error("stop")), 20);
    await expect(sent).rejects.toThrow("stop");
    expect(stream.destroyed).toBe(true);
  });

  it("passes on that the stream broke", async () => {
    const broken = Readable.from(
      (function* () {
        yield bytes(10);
        throw new Error("the download broke");
      })(),
    );
    await expect(sendContext(broken, containers({}).sending, never)).rejects.toThrow("the download broke");
  });
});
