import type { IncomingMessage, ServerResponse } from "node:http";
import { BuildFault } from "../../core/build-fault.ts";
import { BuildId } from "../../core/build-id.ts";
import { sendError, sendFault, sendJson } from "./answers.ts";
import type { ApiAccess, BuildApi } from "./build-api.ts";
import { isToken } from "./is-token.ts";
import { openApiDocument } from "./openapi.ts";
import { CLIENT, readSubmission } from "./read-submission.ts";
import { API_BUILDS, viewUpload } from "./view-upload.ts";

/** Answers what begins with `/api/builds`, and `/api/openapi.json`. It reads the request's body itself, at its pace. */
export type ApiHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export const OPENAPI = "/api/openapi.json";
const BUILD_PATH = /^\/api\/builds\/([^/]+)(\/log)?$/;
const CLOSE = { headers: { connection: "close" } };

/** The API is off without an `access`: whoever asks is told so. */
export function createApi(api: BuildApi, access: ApiAccess | undefined): ApiHandler {
  return (request, response) =>
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent)
        sendError(response, 500, "internal", "something broke here: see the log", CLOSE);
      throw error;
    });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://host.invalid");
    if (access === undefined)
      return sendError(response, 404, "api-off", "the API is off: PUSHWRIGHT_API_TOKEN is not set", CLOSE);
    // How to ask is no secret.
    if (pathname === OPENAPI && request.method === "GET") return sendJson(response, 200, openApiDocument());
    if (!isToken(request.headers.authorization, access.token)) {
      const headers = { "www-authenticate": "Bearer", ...CLOSE.headers };
      return sendError(
        response,
        401,
        "unauthorized",
        "expected the header Authorization: Bearer and the token",
        { headers },
      );
    }
    if (pathname === API_BUILDS && request.method === "POST")
      return submit(access, request, response, searchParams);
    const [, name, log] = BUILD_PATH.exec(pathname) ?? [];
    const id = BuildId.safeParse(name);
    if (!id.success)
      return sendError(response, 404, "not-found", `${pathname}: there is no such thing`, CLOSE);
    await answerBuild(id.data, log !== undefined, request, response);
  }

  async function submit(
    access: ApiAccess,
    request: IncomingMessage,
    response: ServerResponse,
    query: URLSearchParams,
  ): Promise<void> {
    const wish = readSubmission(request, query, access);
    if ("status" in wish) return sendError(response, wish.status, wish.code, wish.message, CLOSE);
    if (request.headers.expect !== undefined) response.writeContinue();
    try {
      const submitted = await api.submit(wish, request);
      if ("refused" in submitted)
        return sendError(response, 409, "key-used", "this Idempotency-Key was used for another build");
      const view = viewUpload(submitted.build);
      sendJson(response, 202, view, { location: view.links.self });
    } catch (error) {
      if (error instanceof BuildFault) return sendFault(response, error);
      if (request.readableEnded && !isGzipFault(error)) throw error;
      const why = error instanceof Error ? error.message : String(error);
      sendError(response, 400, "bad-upload", `reading the upload ended with: ${why}`, {
        remedy: "Send a whole gzip-compressed tar: tar -C FOLDER -czf - . | curl --data-binary @- …",
        ...CLOSE,
      });
    }
  }

  async function answerBuild(
    id: BuildId,
    isLog: boolean,
    { method }: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    if (isLog && method === "GET") {
      const lines = await api.log(id);
      if (!lines) return missing(id, response);
      const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
      response.writeHead(200, headers).end(lines.map((line) => `${line}\n`).join(""));
    } else if (!isLog && method === "GET") {
      const build = await api.find(id);
      if (!build) return missing(id, response);
      sendJson(response, 200, viewUpload(build));
    } else if (!isLog && method === "DELETE") {
      const build = await api.cancel(id, CLIENT);
      if (!build) return missing(id, response);
      const isOver = build.state === "completed" && build.result?.outcome !== "cancelled";
      if (isOver) return sendError(response, 409, "completed", "the build has ended already");
      sendJson(response, 202, viewUpload(build));
    } else {
      const allow = isLog ? "GET" : "GET, DELETE";
      sendError(response, 405, "method-not-allowed", `${method}: expected ${allow}`, { headers: { allow } });
    }
  }
}

function missing(id: BuildId, response: ServerResponse): void {
  sendError(
    response,
    404,
    "not-found",
    `${id}: no build that was sent to this API has that id, or it is forgotten by now`,
  );
}

/** https://nodejs.org/api/zlib.html#error-codes-and-handling, and what tar-stream says of a tar that is none. */
function isGzipFault(error: unknown): boolean {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return code.startsWith("Z_") || /tar header|Unexpected end of (?:data|file)/i.test(message);
}
