import { once } from "node:events";
import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https, { type RequestOptions } from "node:https";
import type { KubeConfig } from "@kubernetes/client-node";
import { ClusterError } from "./cluster-error.ts";
import { withRetries } from "./retry.ts";

export type ClusterRequest = {
  method?: "GET" | "POST" | "PATCH" | "DELETE";
  path: string;
  query?: Record<string, string>;
  body?: unknown;
  contentType?: string;
  /** When to give up asking again, as `Date.now()` counts. */
  until?: number;
};

/** The Kubernetes API, as far as builds need it. `doing` words the request for errors. */
export type ClusterApi = {
  /** One request and its JSON answer, tried again while the failure may pass. */
  call<T>(doing: string, request: ClusterRequest, signal?: AbortSignal): Promise<T>;
  /** A GET whose answer is read as it comes. Aborting `signal` ends it. */
  stream(doing: string, request: ClusterRequest, signal: AbortSignal): Promise<IncomingMessage>;
  close(): void;
};

const ANSWER_TIMEOUT_MS = 30_000;

/**
 * Works on node:http, with what kubeConfig knows of server and login. The client library's own calls open a new
 * TLS connection each time: createDispatcher makes an Agent for every request.
 */
export function createClusterApi(kubeConfig: KubeConfig): ClusterApi {
  const agent = new https.Agent({ keepAlive: true });
  return {
    call: (doing, request, signal) =>
      withRetries(
        async () => {
          const timeoutMs = answerTimeoutMs(request);
          const timeout = AbortSignal.timeout(timeoutMs);
          try {
            const answer = await open(doing, request, signal ? AbortSignal.any([signal, timeout]) : timeout);
            return JSON.parse((await readAll(doing, answer)).toString("utf8"));
          } catch (error) {
            if (!timeout.aborted || signal?.aborted) throw error;
            throw new ClusterError(doing, `no answer after ${timeoutMs} ms`, {}, { cause: error });
          }
        },
        signal,
        request.until,
      ),
    stream: open,
    close: () => agent.destroy(),
  };

  async function open(doing: string, request: ClusterRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const server = kubeConfig.getCurrentCluster()?.server;
    if (!server) throw new ClusterError(doing, "the kubeconfig names no cluster");
    const url = new URL(server.replace(/\/$/, "") + request.path);
    for (const [key, value] of Object.entries(request.query ?? {})) url.searchParams.set(key, value);
    const login: RequestOptions = {};
    await kubeConfig.applyToHTTPSOptions(login);
    const proxied = Boolean(kubeConfig.getCurrentCluster()?.proxyUrl);
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const sent = (url.protocol === "https:" ? https : http).request(url, {
      ...login,
      agent: proxied ? login.agent : url.protocol === "https:" ? agent : undefined,
      method: request.method ?? "GET",
      headers: { ...login.headers, ...bodyHeaders(body, request.contentType) } as OutgoingHttpHeaders,
      signal,
    });
    sent.end(body);
    const [answer] = (await once(sent, "response").catch((error: Error) => {
      signal.throwIfAborted();
      throw new ClusterError(doing, error.message, {}, { cause: error });
    })) as [IncomingMessage];
    const status = answer.statusCode ?? 0;
    if (status >= 200 && status < 300) return answer;
    throw refusal(doing, status, answer.headers["retry-after"], await readAll(doing, answer));
  }
}

/** The same API, whose calls give up after so long in all. */
export function withinTime(api: ClusterApi, milliseconds: number): ClusterApi {
  const until = Date.now() + milliseconds;
  return { ...api, call: (doing, request, signal) => api.call(doing, { ...request, until }, signal) };
}

function answerTimeoutMs({ until = Number.POSITIVE_INFINITY }: ClusterRequest): number {
  return Math.max(1, Math.min(ANSWER_TIMEOUT_MS, until - Date.now()));
}

function bodyHeaders(body: string | undefined, contentType = "application/json"): OutgoingHttpHeaders {
  const accept = { accept: "application/json", "user-agent": "pushwright" };
  if (body === undefined) return accept;
  return { ...accept, "content-type": contentType, "content-length": Buffer.byteLength(body) };
}

async function readAll(doing: string, answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of answer) chunks.push(chunk as Buffer);
  } catch (error) {
    throw new ClusterError(doing, (error as Error).message, {}, { cause: error });
  }
  return Buffer.concat(chunks);
}

/** Kubernetes words a refusal as a Status: https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/ */
function refusal(doing: string, status: number, retryAfter: string | undefined, body: Buffer): ClusterError {
  const text = body.toString("utf8").trim();
  const seconds = Number(retryAfter);
  const retryAfterSeconds =
    Number.isFinite(seconds) && retryAfter !== undefined ? { retryAfterSeconds: seconds } : {};
  try {
    const { message, reason } = JSON.parse(text) as { message?: string; reason?: string };
    return new ClusterError(doing, message ?? text, {
      status,
      ...(reason ? { reason } : {}),
      ...retryAfterSeconds,
    });
  } catch {
    return new ClusterError(doing, text.slice(0, 500), { status, ...retryAfterSeconds });
  }
}

/** One JSON value per line, as a watch sends them. */
export async function* readJsonLines<T>(answer: IncomingMessage): AsyncGenerator<T, void> {
  let partial = "";
  answer.setEncoding("utf8");
  for await (const text of answer) {
    const lines = (partial + (text as string)).split("\n");
    partial = lines.pop() ?? "";
    for (const line of lines) if (line !== "") yield JSON.parse(line) as T;
  }
}
