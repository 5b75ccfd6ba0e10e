import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import { type ProxiedRegistry, ProxyPlan } from "../../core/registry-proxy/proxy-plan.ts";
import { parseDockerConfig } from "../login/docker-config.ts";
import { createRegistryAuth } from "../login/registry-auth.ts";
import { createForwarder } from "./forward.ts";
import { pinAddresses } from "./pinned-lookup.ts";
import { apiHost, createUpstream, type Upstream } from "./upstream.ts";

const LOOPBACK = "127.0.0.1";
/** A token and what is said around it. */
const MAX_TOKEN = 256 * 1024;

/**
 * Runs beside a build and holds the registry's login in its place: it listens on the pod's own loopback address and
 * forwards what the plan lets the build do. Resolves once it listens.
 */
export async function serveProxy(planText: string, log: (line: string) => void): Promise<void> {
  const { registries, loginFile, addressFile } = ProxyPlan.parse(JSON.parse(planText));
  const logins = parseDockerConfig(
    `reading the builds' login from ${loginFile}`,
    await readFile(loginFile, "utf8"),
  );
  const hosts = registries.map(({ host }) => apiHost(host).replace(/:\d+$/, ""));
  const lookup = await pinAddresses([...new Set(hosts)], addressFile);
  await Promise.all(registries.map(listen));
  log(`listens for ${registries.map(({ host, port }) => `${host} on ${port}`).join(", ")}`);

  async function listen(registry: ProxiedRegistry): Promise<void> {
    const { host, insecure, port } = registry;
    const ca = registry.ca === undefined ? undefined : await readFile(registry.ca, "utf8");
    const upstream = createUpstream({ host, insecure, ca }, lookup);
    const ask = askThrough(upstream);
    const forward = createForwarder({
      registry,
      upstream,
      auth: createRegistryAuth({ insecure, ask, loginFor: (path) => logins.loginFor(host, path) }),
      anonymous: createRegistryAuth({ insecure, ask, loginFor: () => undefined }),
      log,
    });
    const server = createServer((request, response) => {
      forward(request, response).catch((error: Error) => {
        log(`${request.method} ${request.url?.split("?", 1)[0]}: ${error.message}`);
        response.destroy();
      });
    });
    // A large layer takes as long as it takes.
    server.requestTimeout = 0;
    server.listen(port, LOOPBACK);
    await once(server, "listening");
  }
}

function askThrough(upstream: Upstream): Parameters<typeof createRegistryAuth>[0]["ask"] {
  return async (url, { method = "GET", headers, body }) => {
    const { Readable } = await import("node:stream");
    const answer = await upstream.request(url, {
      method,
      headers: { ...headers, ...(body ? { "content-length": String(body.length) } : {}) },
      ...(body ? { body: Readable.from([body]) } : {}),
    });
    return {
      status: answer.statusCode ?? 0,
      contentType: answer.headers["content-type"] ?? "",
      challenge: answer.headers["www-authenticate"] ?? "",
      body: await readWhole(answer),
    };
  };
}

async function readWhole(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_TOKEN) throw new Error(`its answer is larger than ${MAX_TOKEN} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
