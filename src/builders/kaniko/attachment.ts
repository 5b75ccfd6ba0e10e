import type { RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { WebSocket } from "ws";
import { type AttachmentEnd, endOfAnswer, endOfStatus } from "./attachment-end.ts";
import { CONTAINER } from "./names.ts";

export type OutputStream = "stdout" | "stderr";

/** A container's stdin, stdout and stderr over one WebSocket. */
export type Attachment = {
  /** Resolves once more may be sent. */
  send(chunk: Buffer): Promise<void>;
  /** Ends the container's stdin. Resolves when everything has left this process. */
  endInput(): Promise<void>;
  /** Aborts, with its {@link AttachmentEnd} as reason, when the connection has ended. */
  readonly ended: AbortSignal;
  close(): void;
};

// https://github.com/kubernetes/kubernetes/blob/v1.34.4/staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go
const PROTOCOL = "v5.channel.k8s.io";
const CHANNEL = { stdin: 0, stdout: 1, stderr: 2, status: 3, close: 255 } as const;
/** How much may wait in this process before the source has to pause. */
const MAX_BUFFERED = 256 * 1024;
const HANDSHAKE_TIMEOUT_MS = 10_000;
const PING_MS = 15_000;
/** While the container takes no input, the API server does not get to a ping either. */
const SILENCE_MS = 60_000;

/** Resolves when the connection is there or has failed: {@link Attachment.ended} tells. Aborting `signal` ends waiting for it. */
export async function openAttachment(
  kubeConfig: KubeConfig,
  pod: { namespace: string; name: string },
  onOutput: (stream: OutputStream, chunk: Buffer) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  const login: RequestOptions = {};
  await kubeConfig.applyToHTTPSOptions(login);
  const socket = new WebSocket(attachUrl(kubeConfig, pod), [PROTOCOL], {
    ...login,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
  });
  const ended = new AbortController();
  const end = (how: AttachmentEnd) => {
    clearInterval(heartbeat);
    if (!ended.signal.aborted) ended.abort(how);
    socket.terminate();
  };
  let lastSign = Date.now();
  const heartbeat = setInterval(() => {
    const silence = Date.now() - lastSign;
    if (silence > SILENCE_MS) end({ kind: "broken", message: `no sign of the API server for ${silence} ms` });
    else if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_MS);
  socket.on("pong", () => {
    lastSign = Date.now();
  });
  socket.on("error", (error) => end({ kind: "broken", message: error.message }));
  socket.on("close", (code) => end({ kind: "broken", message: `the connection was closed (${code})` }));
  socket.on("message", (message) => {
    lastSign = Date.now();
    const data = message as Buffer; // The default of ws's `binaryType`.
    const channel = data[0];
    const content = data.subarray(1);
    if (channel === CHANNEL.stdout && content.length > 0) onOutput("stdout", content);
    else if (channel === CHANNEL.stderr && content.length > 0) onOutput("stderr", content);
    else if (channel === CHANNEL.status && content.length > 0) end(endOfStatus(content.toString("utf8")));
  });
  const leave = () => end({ kind: "broken", message: "no longer wanted" });
  signal.addEventListener("abort", leave, { once: true });
  await opened(socket, ended.signal, end);
  signal.removeEventListener("abort", leave);
  return {
    ended: ended.signal,
    send: (chunk) => sendFrame(socket, CHANNEL.stdin, chunk, MAX_BUFFERED, ended.signal),
    endInput: () => sendFrame(socket, CHANNEL.close, Buffer.of(CHANNEL.stdin), 0, ended.signal),
    close: () => end({ kind: "broken", message: "closed by Pushwright" }),
  };
}

function attachUrl(kubeConfig: KubeConfig, { namespace, name }: { namespace: string; name: string }): string {
  const server = kubeConfig.getCurrentCluster()?.server ?? "";
  const query = new URLSearchParams({ container: CONTAINER, stdin: "true", stdout: "true", stderr: "true" });
  return `${server.replace(/^http/, "ws").replace(/\/$/, "")}/api/v1/namespaces/${namespace}/pods/${name}/attach?${query}`;
}

function opened(socket: WebSocket, ended: AbortSignal, end: (how: AttachmentEnd) => void): Promise<void> {
  return new Promise((resolve) => {
    socket.on("open", resolve);
    ended.addEventListener("abort", () => resolve(), { once: true });
    socket.on("unexpected-response", (_request, answer) => {
      const chunks: Buffer[] = [];
      const status = answer.statusCode ?? 0;
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("close", () => end(endOfAnswer(status, Buffer.concat(chunks).toString("utf8"))));
    });
  });
}

function sendFrame(
  socket: WebSocket,
  channel: number,
  content: Buffer,
  maxBuffered: number,
  ended: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error("the connection to the container has ended"));
    if (ended.aborted) return abort();
    ended.addEventListener("abort", abort, { once: true });
    const done = () => {
      ended.removeEventListener("abort", abort);
      resolve();
    };
    // ws calls back when the frame, and so all before it, has been handed to the system.
    socket.send(Buffer.concat([Buffer.of(channel), content]), (error) => (error ? undefined : done()));
    if (socket.bufferedAmount < maxBuffered) done();
  });
}
