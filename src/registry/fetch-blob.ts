import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { rootCertificates } from "node:tls";

const REDIRECTS = [301, 302, 303, 307, 308];

export type BlobAnswer = { status: number; challenge: string; stream: IncomingMessage };

/**
 * A blob as it comes, within so much time. Registries send whoever reads one to the storage that has it, which takes no
 * login of the registry's.
 */
export async function fetchBlob(
  url: URL,
  { headers, ca, timeoutMs }: { headers: Record<string, string>; ca?: string; timeoutMs: number },
): Promise<BlobAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const first = await get(url, headers, ca, signal);
  const { location } = first.headers;
  if (!REDIRECTS.includes(first.statusCode ?? 0) || location === undefined) return answerOf(first);
  first.resume();
  return answerOf(await get(new URL(location, url), {}, ca, signal));
}

function get(
  url: URL,
  headers: Record<string, string>,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  return new Promise((resolve, reject) => {
    (url.protocol === "https:" ? https : http)
      .get(url, { headers, signal, ...trusted }, resolve)
      .on("error", reject);
  });
}

function answerOf(stream: IncomingMessage): BlobAnswer {
  return {
    status: stream.statusCode ?? 0,
    challenge: stream.headers["www-authenticate"] ?? "",
    stream,
  };
}
