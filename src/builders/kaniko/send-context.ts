import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { V1Pod } from "@kubernetes/client-node";
import { abortable } from "../../core/abortable.ts";
import { BuildFault } from "../../core/build-fault.ts";
import type { Attachment, OutputStream } from "./attachment.ts";
import type { AttachmentEnd } from "./attachment-end.ts";
import { ClusterError } from "./cluster-error.ts";
import { ContextSource } from "./context-source.ts";

/** What sending needs of the world around it. */
export type ContextSending = {
  /** Resolves with the build's pod once it has a node; rejects when the build has ended. */
  scheduledPod(signal: AbortSignal): Promise<V1Pod>;
  attach(pod: V1Pod, onOutput: ContextSending["onOutput"], signal: AbortSignal): Promise<Attachment>;
  onOutput(stream: OutputStream, chunk: Buffer): void;
  /** Resolves after so long, or as soon as the cluster says something new of the build. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
};

/**
 * The node knows of a running container long before the pod's status tells: it is asked again and again, at intervals
 * of a tenth of the time waited so far. Asking more often would slow down the start that is waited for.
 */
const MIN_PAUSE_MS = 40;
const MAX_PAUSE_MS = 1_000;
/** The node's refusal takes milliseconds: after this long without one, the container is there. */
const SETTLE_MS = 500;
/** Kaniko says something as soon as it has the context. */
const FIRST_WORD_MS = 5_000;

/**
 * Sends the whole context to the build's stdin as soon as its container runs. Resolves with the attachment, which
 * goes on to bring the container's output.
 *
 * The API server opens the connection before it asks the node, and may close it without saying that the node refused.
 * So what was sent is kept until the container is known to be there, and sent again on a new connection. That is safe:
 * the first connection that reaches a container with `stdinOnce` takes its stdin along when it ends.
 */
export async function sendContext(
  buildContext: Readable,
  sending: ContextSending,
  signal: AbortSignal,
): Promise<Attachment> {
  const source = new ContextSource(buildContext);
  try {
    return await sendUntilTaken();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    buildContext.destroy();
  }

  async function sendUntilTaken(): Promise<Attachment> {
    let begun: number | undefined;
    for (;;) {
      const pod = await sending.scheduledPod(signal);
      begun ??= Date.now();
      const attachment = await sendOnce(pod);
      if (attachment) return attachment;
      const waited = Date.now() - begun;
      await sending.pause(Math.min(MAX_PAUSE_MS, Math.max(MIN_PAUSE_MS, waited / 10)), signal);
    }
  }

  /** Undefined if the container is not there yet. */
  async function sendOnce(pod: V1Pod): Promise<Attachment | undefined> {
    const heard = new AbortController();
    const onOutput: ContextSending["onOutput"] = (stream, chunk) => {
      heard.abort();
      sending.onOutput(stream, chunk);
    };
    const attachment = await sending.attach(pod, onOutput, signal);
    const either = AbortSignal.any([signal, attachment.ended]);
    let isSent = false;
    try {
      source.rewind();
      for (let chunk = await source.next(either); chunk; chunk = await source.next(either)) {
        await abortable(attachment.send(chunk), either);
        if (!source.isFull) continue;
        await quiet(SETTLE_MS, heard.signal, either);
        source.forget();
      }
      await abortable(attachment.endInput(), either);
      isSent = true;
      await quiet(FIRST_WORD_MS, heard.signal, either);
      return attachment;
    } catch (error) {
      const end = attachment.ended.reason as AttachmentEnd | undefined;
      attachment.close();
      if (signal.aborted || end === undefined) throw error;
      if (end.kind === "container-ended" && isSent) return attachment;
      if (end.kind === "refused") throwIfForbidden(pod, end);
      const mayTryAgain = end.kind !== "container-ended" && !heard.signal.aborted && source.isComplete;
      if (mayTryAgain) return undefined;
      throw cutShort(end, error);
    }
  }
}

/** Waits for the first word, at most `milliseconds`; rejects if `ended` aborts before. */
async function quiet(milliseconds: number, heard: AbortSignal, ended: AbortSignal): Promise<void> {
  if (heard.aborted) return;
  await sleep(milliseconds, undefined, { signal: AbortSignal.any([heard, ended]) }).catch(() => {});
  if (!heard.aborted) ended.throwIfAborted();
}

function throwIfForbidden(pod: V1Pod, { status, message }: { status?: number; message: string }): void {
  if (status !== 401 && status !== 403) return;
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
