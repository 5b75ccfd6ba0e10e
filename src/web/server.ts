import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Logger } from "pino";
import { type ApiHandler, OPENAPI } from "./api/api.ts";
import { API_BUILDS } from "./api/view-upload.ts";
import { type BodyReader, createBodyReader, MAX_BODY } from "./read-body.ts";

/** GitHub itself gives up after ten seconds. */
const REQUEST_MS = 15_000;

/** A Dockerfile may be in the query, each of its characters as three: see MAX_DOCKERFILE_TEXT. */
const MAX_HEADERS = 32 * 1024;

/** Resolves with true once it has answered. The body is read already. */
export type WebhookHandler = (
  request: IncomingMessage & { rawBody?: Buffer },
  response: ServerResponse,
) => Promise<boolean>;

/** What a browser gets. */
export type Page = { headers: Record<string, string>; body: string };

/** Answers GET and HEAD. Undefined: there is no such page, or none for whoever asks. */
export type PageHandler = (url: URL) => Promise<Page | undefined>;

export type WebRoutes = {
  /** By path. Each handler finds the body, already read, where Probot looks for it: `request.rawBody`. */
  webhooks: Record<string, WebhookHandler>;
  /** By what the path begins with: `/builds/`. */
  pages: Record<string, PageHandler>;
  /** All below `/api/builds`, and the API's description. */
  api?: ApiHandler;
  /** Rejects, with the reason, while deliveries cannot be taken. */
  ready: () => Promise<void>;
};

/** Answers webhooks, pages, `/healthz` (the process lives) and `/readyz` (deliveries would be taken). Not yet listening. */
export function createWebServer(routes: WebRoutes, log: Logger, requestMs = REQUEST_MS): Server {
  const readBody = createBodyReader();
  // What is sent to the API may take its time, and has a limit of its own: see withinTime().
  const server = createServer(
    { requestTimeout: 0, headersTimeout: requestMs, maxHeaderSize: MAX_HEADERS },
    handle,
  );
  // Whether the body is wanted is said by whoever reads it.
  return server.on("checkContinue", handle);

  function handle(request: IncomingMessage, response: ServerResponse): void {
    answer(routes, readBody, request, response, requestMs).catch((error: unknown) => {
      // A page's query is its key.
      log.error({ err: error, path: pathOf(request) }, "request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  }
}

async function answer(
  routes: WebRoutes,
  readBody: BodyReader,
  request: IncomingMessage,
  response: ServerResponse,
  requestMs: number,
): Promise<void> {
  const path = pathOf(request);
  // An upload alone may take its time.
  if (path !== API_BUILDS || request.method !== "POST") withinTime(request, requestMs);
  if (routes.api && isOfApi(path)) return routes.api(request, response);
  const webhook = Object.hasOwn(routes.webhooks, path) ? routes.webhooks[path] : undefined;
  if (webhook) return answerWebhook(webhook, readBody, request, response);
  if (path === "/healthz") return end(response, 200, "ok");
  if (path === "/readyz") {
    return routes.ready().then(
      () => end(response, 200, "ok"),
      (error: Error) => end(response, 503, error.message),
    );
  }
  const page = await findPage(routes.pages, request);
  if (!page) return end(response, 404, "not found");
  response.writeHead(200, page.headers).end(page.body);
}

function isOfApi(path: string): boolean {
  return path === API_BUILDS || path.startsWith(`${API_BUILDS}/`) || path === OPENAPI;
}

/** Ends the connection of a request that has not come whole by then. */
function withinTime(request: IncomingMessage, requestMs: number): void {
  const timer = setTimeout(() => request.destroy(), requestMs);
  for (const event of ["end", "close"]) request.once(event, () => clearTimeout(timer));
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "/";
}

async function findPage(
  pages: WebRoutes["pages"],
  { method, url = "/" }: IncomingMessage,
): Promise<Page | undefined> {
  const parsed = method === "GET" || method === "HEAD" ? URL.parse(url, "http://host.invalid") : null;
  if (!parsed) return undefined;
  const [, handler] = Object.entries(pages).find(([start]) => parsed.pathname.startsWith(start)) ?? [];
  return handler?.(parsed);
}

async function answerWebhook(
  webhook: WebhookHandler,
  readBody: BodyReader,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.headers.expect !== undefined) response.writeContinue();
  const body = await readBody(request);
  if (typeof body === "string") {
    response.setHeader("connection", "close");
    if (body === "too large") return end(response, 413, `larger than ${MAX_BODY} bytes`);
    return end(response, 503, "too many requests are being read: send it again later");
  }
  const handled = await webhook(Object.assign(request, { rawBody: body, body: {} }), response);
  if (!handled && !response.headersSent) end(response, 404, "not found");
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`${text}\n`);
}
