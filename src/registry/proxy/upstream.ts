import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { rootCertificates } from "node:tls";

export type UpstreamRequest = {
  method: string;
  headers: Record<string, string>;
  /** Without it the request has no body. */
  body?: Readable;
};

export type Upstream = {
  /** `https://registry.example.com` */
  readonly origin: string;
  /** Sends a request to it or, with a URL, elsewhere. The answer's body has not been read. */
  request(target: string | URL, request: UpstreamRequest): Promise<IncomingMessage>;
};

/** How long neither side may be silent: a registry that takes in a layer of several gigabytes says nothing for minutes. */
const SILENCE_MS = 10 * 60_000;

/**
 * A registry as the proxy reaches it. Plain HTTP goes to addresses that `pinned` knows only; HTTPS proves by its
 * certificate where it arrived.
 */
export function createUpstream(
  { host, insecure, ca }: { host: string; insecure: boolean; ca: string | undefined },
  pinned: LookupFunction,
): Upstream {
  const origin = `${insecure ? "http" : "https"}://${apiHost(host)}`;
  const plain = new http.Agent({ keepAlive: true, lookup: pinned } as http.AgentOptions);
  const secure = new https.Agent({
    keepAlive: true,
    ...(ca === undefined ? {} : { ca: [...rootCertificates, ca] }),
  });
  return {
    origin,
    request(target, { method, headers, body }) {
      const url = new URL(target, origin);
      const isSecure = url.protocol === "https:";
      return new Promise((resolve, reject) => {
        const options = { method, headers, agent: isSecure ? secure : plain, timeout: SILENCE_MS };
        const request = (isSecure ? https : http).request(url, options, resolve);
        request.on("timeout", () => request.destroy(new Error("i/o timeout")));
        request.on("error", reject);
        if (body === undefined) request.end();
        else pipeline(body, request).catch(reject);
      });
    },
  };
}

/** https://docs.docker.com/reference/api/registry/latest/ */
export function apiHost(host: string): string {
  return ["docker.io", "index.docker.io"].includes(host) ? "registry-1.docker.io" : host;
}
