import http from "node:http";
import https from "node:https";
import { rootCertificates } from "node:tls";

export type FetchOptions = { accept: string; timeoutMs: number; maxBytes: number; ca?: string };

/** One GET, bounded in time and size. Node's own fetch cannot be given a certificate authority. */
export function fetchFrom(url: URL, options: FetchOptions): Promise<{ status: number; body: Buffer }> {
  const { accept, timeoutMs, maxBytes, ca } = options;
  return new Promise((resolve, reject) => {
    const client = url.protocol === "https:" ? https : http;
    const request = client.get(
      url,
      {
        headers: { accept },
        signal: AbortSignal.timeout(timeoutMs),
        ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on("data", (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > maxBytes) response.destroy(new Error(`its answer is larger than ${maxBytes} bytes`));
          else chunks.push(chunk);
        });
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
  });
}
