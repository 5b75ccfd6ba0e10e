import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Access, decideAccess } from "../../core/registry-proxy/decide-access.ts";
import type { ProxiedRegistry } from "../../core/registry-proxy/proxy-plan.ts";
import { LoginRefused } from "../login/login-refused.ts";
import type { RegistryAuth, Scope } from "../login/registry-auth.ts";
import { answerError, wordsOf } from "./answers.ts";
import type { Upstream } from "./upstream.ts";

export type ProxiedUpstream = {
  registry: ProxiedRegistry;
  upstream: Upstream;
  /** Shows the build's login, and shows none. */
  auth: RegistryAuth;
  anonymous: RegistryAuth;
  log: (line: string) => void;
};

const SENT_ON = ["accept", "content-type", "content-length", "content-range", "range", "user-agent"];
const PASSED_BACK = [
  "content-type",
  "content-length",
  "content-range",
  "docker-content-digest",
  "docker-distribution-api-version",
  "etag",
  "range",
  "retry-after",
];
const MAX_SESSIONS = 1000;

/** Forwards what a build may ask of a registry, byte by byte, with the login that the build does not have. */
export function createForwarder({ registry, upstream, auth, anonymous, log }: ProxiedUpstream) {
  /** Where the registry wants an upload to go on: only the registry itself says so. */
  const sessions = new Map<string, { repository: string; url: URL }>();

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "" } = request;
    const access = decideAccess(registry, method, url);
    try {
      await answer(access, request, response);
    } catch (error) {
      log(`${method} ${url.split("?", 1)[0]}: ${(error as Error).message}`);
      const words = `reaching ${registry.host}: ${wordsOf(error)}`;
      const isRefused = error instanceof LoginRefused && (error.status === 401 || error.status === 403);
      if (isRefused) answerError(response, 401, "UNAUTHORIZED", words);
      else answerError(response, 502, "UNAVAILABLE", words);
    }
  };

  async function answer(access: Access, request: IncomingMessage, response: ServerResponse): Promise<void> {
    switch (access.kind) {
      case "ping":
        response.writeHead(200, { "content-type": "application/json" }).end("{}");
        return;
      case "refused":
        return refuse(request, response, access.why);
      case "read":
        return read(access, request, response);
      case "put-manifest":
        return passBack(await send(writing(access.repository), pathOf(request), request, request), response);
      case "begin-upload": {
        const { repository, mount } = access;
        const query = mount ? `?${new URLSearchParams({ mount: mount.digest, from: mount.from })}` : "";
        const answered = await send(writing(repository), `/v2/${repository}/blobs/uploads/${query}`, request);
        return passBack(answered, response, answered.statusCode === 202 ? repository : undefined);
      }
      case "upload":
        return upload(access, request, response);
    }
  }

  async function read(
    { repository, withLogin }: Extract<Access, { kind: "read" }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const scope: Scope = { repository, actions: "pull" };
    const answered = await send(scope, pathOf(request), request, undefined, withLogin ? auth : anonymous);
    const isDenied = answered.statusCode === 401 || answered.statusCode === 403;
    if (withLogin || !isDenied) return passBack(answered, response);
    answered.resume();
    const why = `${registry.host} gives ${repository} to nobody without a login, and the operator's policy (bases) does not let this repository's builds read it with theirs`;
    return refuse(request, response, why);
  }

  async function upload(
    { repository, session, digest }: Extract<Access, { kind: "upload" }>,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const known = sessions.get(session);
    if (known?.repository !== repository)
      return answerError(response, 404, "BLOB_UPLOAD_UNKNOWN", "there is no such upload");
    const url = new URL(known.url);
    if (digest !== undefined) url.searchParams.set("digest", digest);
    const hasBody = request.method === "PATCH" || request.method === "PUT";
    const answered = await send(writing(repository), url, request, hasBody ? request : undefined);
    // Clients ask the same again after a trouble of the registry's own (https://github.com/google/go-containerregistry/blob/v0.20.3/pkg/v1/remote/options.go).
    if ((answered.statusCode ?? 502) < 500) sessions.delete(session);
    return passBack(answered, response, request.method === "PATCH" ? repository : undefined);
  }

  /** A body that streams cannot be sent again: an upload's first request has none, and settles the login. */
  async function send(
    scope: Scope,
    target: string | URL,
    { method = "", headers }: IncomingMessage,
    body?: Readable,
    shown = auth,
  ): Promise<IncomingMessage> {
    const passed = SENT_ON.flatMap((name) => {
      const value = headers[name];
      return typeof value === "string" && (body || !name.startsWith("content-")) ? [[name, value]] : [];
    });
    const { answered } = await shown.send(
      scope,
      async (login) => {
        const sent = await upstream.request(target, {
          method,
          headers: { ...Object.fromEntries(passed), ...(body ? {} : withoutBody(method)), ...login },
          ...(body ? { body } : {}),
        });
        if (sent.statusCode === 401 && !body) sent.resume();
        return {
          answered: sent,
          status: sent.statusCode ?? 0,
          challenge: sent.headers["www-authenticate"] ?? "",
        };
      },
      body === undefined,
    );
    return answered;
  }

  async function passBack(
    answered: IncomingMessage,
    response: ServerResponse,
    repository?: string,
  ): Promise<void> {
    const headers = Object.fromEntries(
      PASSED_BACK.flatMap((name) => {
        const value = answered.headers[name];
        return value === undefined ? [] : [[name, value]];
      }),
    );
    const status = answered.statusCode ?? 502;
    const { location } = answered.headers;
    if (location !== undefined && (repository || isRedirect(status)))
      headers.location = passedLocation(location, repository);
    response.writeHead(status, headers);
    await pipeline(answered, response);
  }

  /** Uploads go on through the proxy. A layer that is kept elsewhere is fetched there, by an address good for it alone. */
  function passedLocation(location: string, repository: string | undefined): string {
    const url = new URL(location, upstream.origin);
    if (repository === undefined) return url.href;
    if (url.origin !== upstream.origin)
      throw new Error(`the registry sends uploads to another place, ${url.origin}`);
    const session = randomUUID();
    if (sessions.size >= MAX_SESSIONS) sessions.delete(sessions.keys().next().value ?? "");
    sessions.set(session, { repository, url });
    return `/v2/${repository}/blobs/uploads/${session}`;
  }

  function refuse({ method, url }: IncomingMessage, response: ServerResponse, why: string): void {
    log(`refused ${method} ${url?.slice(0, 300)}: ${why}`);
    answerError(response, 403, "DENIED", why);
  }
}

/** What was decided on: a query may name more, such as further tags (https://github.com/opencontainers/distribution-spec/pull/600). */
function pathOf({ url = "" }: IncomingMessage): string {
  return url.split("?", 1)[0] ?? "";
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400;
}

function writing(repository: string): Scope {
  return { repository, actions: "pull,push" };
}

/** Registries want to know that nothing follows. */
function withoutBody(method: string): Record<string, string> {
  return method === "POST" ? { "content-length": "0" } : {};
}
