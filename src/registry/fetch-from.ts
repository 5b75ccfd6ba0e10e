import http from "node:http";
import https from "node:https";
import { rootCertificates } from "node:tls";

export type FetchOptions = {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  headers: Record<string, string>;
  body?: Buffer;
  timeoutMs: number;
  /** The most that its answer may be. */
  maxBytes: number;
  ca?: string;
};

export type Fetched = {
  status: number;
  contentType: string;
  /** How the server wants to be shown a login; `""` when it does not say. */
  challenge: string;
  /** Where else to ask; `""` when it does not say. */
  location: string;
  body: Buffer;
};

/** One request, bounded in time and size. Node's own fetch cannot be given a certificate authority. */
export function fetchFrom(url: URL, options: FetchOptions): Promise<Fetched> {
  const { method = "GET", headers, body, timeoutMs, maxBytes, ca } = options;
  return new Promise((resolve, reject) => {
    const client = url.protocol === "https:" ? https : http;
    const request = client.request(
      url,
      {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { "content-length": body.length }) },
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
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            challenge: response.headers["www-authenticate"] ?? "",
            location: response.headers.location ?? "",
            contentType: response.headers["content-type"] ?? "",
            body: Buffer.concat(chunks),
          }),
        );
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
