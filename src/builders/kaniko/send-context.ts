import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Pod } from "@kubernetes/client-node";
import { BuildFault } from "../../core/build-fault.ts";
import { abortable } from "./abortable.ts";
import type { Attachment, AttachmentEnd, OutputStream } from "./attachment.ts";
import { ClusterError } from "./cluster-error.ts";
import { ContextSource } from "./context-source.ts";

/** What sending needs of the world around it. */
export type ContextSending = {
  /** Resolves with the build's pod once it has a node; rejects when the build has ended. */
  scheduledPod(signal: AbortSignal): Promise<V1Pod>;
  attach(pod: V1Pod, onOutput: (stream: OutputStream, chunk: Buffer) => void): Promise<Attachment>;
  onOutput(stream: OutputStream, chunk: Buffer): void;
};

/** The node knows of a running container long before the pod's status tells: it is asked again and again. */
const RETRY_MS = 40;
const FAST_RETRIES = 75;
const MAX_RETRY_MS = 1_000;
/** The node's refusal takes milliseconds. After this long without one, and without output, the container is there. */
const SETTLE_MS = 500;

/**
 * Sends the whole context to the build's stdin as soon as its container runs. Resolves with the attachment, which
 * goes on to bring the container's output.
 */
export async function sendContext(
  buildContext: Readable,
  sending: ContextSending,
  signal: AbortSignal,
): Promise<Attachment> {
  const source = new ContextSource(buildContext);
  try {
    for (let tried = 1; ; tried++) {
      const pod = await sending.scheduledPod(signal);
      const attachment = await sendOnce(pod);
      if (attachment) return attachment;
      const delay = Math.min(MAX_RETRY_MS, RETRY_MS * Math.max(1, tried - FAST_RETRIES));
      await sleep(delay, undefined, { signal });
    }
  } finally {
    buildContext.destroy();
  }

  /** Undefined if the container is not there yet. */
  async function sendOnce(pod: V1Pod): Promise<Attachment | undefined> {
    const settled = Promise.withResolvers<void>();
    const attachment = await sending.attach(pod, (stream, chunk) => {
      settled.resolve();
      sending.onOutput(stream, chunk);
    });
    const timer = setTimeout(settled.resolve, SETTLE_MS);
    void settled.promise.then(() => source.forget());
    const either = AbortSignal.any([signal, attachment.ended]);
    let isSent = false;
    try {
      source.rewind();
      for (let chunk = await source.next(either); chunk; chunk = await source.next(either)) {
        await abortable(attachment.send(chunk), either);
        if (source.isFull) await abortable(settled.promise, either);
      }
      await abortable(attachment.endInput(), either);
      isSent = true;
      await abortable(settled.promise, either);
      return attachment;
    } catch (error) {
      attachment.close();
      signal.throwIfAborted();
      if (!attachment.ended.aborted) throw error;
      const end = attachment.ended.reason as AttachmentEnd;
      if (end.kind === "refused") return refusedForNow(pod, end);
      if (end.kind === "container-ended" && isSent) return attachment;
      throw cutShort(end, error);
    } finally {
      clearTimeout(timer);
    }
  }
}

function refusedForNow(pod: V1Pod, { status, message }: { status?: number; message: string }): undefined {
  if (status !== 401 && status !== 403) return undefined;
  throw new ClusterError(`attaching to pod ${pod.metadata?.name}`, message, { status });
}

function cutShort(end: AttachmentEnd, cause: unknown): BuildFault {
  const why = end.kind === "container-ended" ? "the build ended before it had taken all of it" : end.message;
  return new BuildFault(
    {
      class: "transient",
      code: "context-cut-short",
      title: "The build context did not reach the build",
      cause: `The connection that sends the build context into the build broke: ${why}.`,
      remedy: "The build is tried again.",
    },
    { cause },
  );
}
