import type { IncomingMessage } from "node:http";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
export const MAX_BODY = 25 * 1024 * 1024;
/** Bodies are read before anyone can know whether their signature is good: strangers get no more memory than this. */
const MAX_BODIES = 3 * MAX_BODY;

export type BodyReader = (request: IncomingMessage) => Promise<Buffer | "too large" | "too many">;

/** Reads the bodies of a server's requests, each and all of them together within bounds. */
export function createBodyReader(): BodyReader {
  let held = 0;
  return async (request) => {
    if (Number(request.headers["content-length"]) > MAX_BODY) return "too large";
    const chunks: Buffer[] = [];
    let bytes = 0;
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        held += chunk.length;
        if (bytes > MAX_BODY) return "too large";
        if (held > MAX_BODIES) return "too many";
        chunks.push(chunk);
      }
      return Buffer.concat(chunks);
    } finally {
      held -= bytes;
    }
  };
}
