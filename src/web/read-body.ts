import type { IncomingMessage } from "node:http";

/** https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap */
export const MAX_BODY = 25 * 1024 * 1024;

/** The request's body, or undefined once it is larger than {@link MAX_BODY}: then nothing more of it is kept. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"]) > MAX_BODY) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
