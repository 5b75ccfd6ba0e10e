import type { ServerResponse } from "node:http";
import type { BuildFault } from "../../core/build-fault.ts";
import type { ApiError } from "./schemas.ts";

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  response
    .writeHead(status, { "content-type": "application/json", "cache-control": "no-store", ...headers })
    .end(`${JSON.stringify(body)}\n`);
}

export function sendError(
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  { remedy, headers = {} }: { remedy?: string; headers?: Record<string, string> } = {},
): void {
  const error: ApiError = { error: { code, message, ...(remedy === undefined ? {} : { remedy }) } };
  sendJson(response, status, error, headers);
}

const STATUS: Record<string, number> = { "context-too-large": 413, "no-room-for-upload": 507 };

/** What was sent cannot be built. */
export function sendFault(response: ServerResponse, { diagnosis }: BuildFault): void {
  const { code, title, cause, remedy } = diagnosis;
  sendError(response, STATUS[code] ?? 422, code, `${title}. ${cause}`, {
    remedy,
    headers: { connection: "close" },
  });
}
