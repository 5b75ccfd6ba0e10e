import type { ServerResponse } from "node:http";
import { LoginRefused } from "../login/login-refused.ts";

/** Answers as a registry does, so that the build's log says why. */
export function answerError(response: ServerResponse, status: number, code: string, message: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ errors: [{ code, message }] }));
}

const GO_WORDS: Record<string, string> = {
  ENOTFOUND: "no such host",
  // Name servers that do not answer, or have trouble of their own: that passes.
  EAI_AGAIN: "server misbehaving",
  ECONNREFUSED: "connection refused",
  ECONNRESET: "connection reset",
  EPIPE: "broken pipe",
  ETIMEDOUT: "i/o timeout",
  EHOSTUNREACH: "no route to host",
  ENETUNREACH: "network is unreachable",
  EPROTO: "server gave HTTP response to HTTPS client",
};

/** What a token service answers when it has trouble of its own. */
const PASSING: Record<number, string> = {
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};

/** A failure to reach a registry, in the words in which the build's own client would say it. */
export function wordsOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (error instanceof LoginRefused && PASSING[error.status]) return `${message} ${PASSING[error.status]}`;
  if (GO_WORDS[code]) return `${GO_WORDS[code]} (${message})`;
  return /CERT|VERIFY|ISSUER/.test(code) ? `x509: ${message}` : message;
}
