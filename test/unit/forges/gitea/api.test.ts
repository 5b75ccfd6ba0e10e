import { once } from "node:events";
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { CommitSha } from "../../../../src/core/commit-sha.ts";
import { createGiteaApi } from "../../../../src/forges/gitea/api.ts";
import { createGiteaClient } from "../../../../src/forges/gitea/client.ts";
import { fetchPathsBeyond } from "../../../../src/forges/gitea/commits-beyond.ts";
import { commit, earlier, framed } from "./payloads.ts";

const redirect = (response: ServerResponse, location: string) => {
  response.writeHead(301, { location }).end();
};

const pageOf = ({ url = "" }: IncomingMessage) =>
  Number(new URL(url, "http://host.invalid").searchParams.get("page"));

const json = { "content-type": "application/json" };

describe("forges/gitea/api", () => {
  let server: Server | undefined;

  /** The address of a stand-in for Gitea. */
  async function serve(answer: RequestListener): Promise<{ url: string; token: string }> {
    server = createServer(answer).listen(0, "127.0.0.1");
    await once(server, "listening");
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: "secret" };
  }

  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** Pages as a server gives them that gives `most` items at once. */
  const listing =
    (items: number[], most: number, count: number | undefined): RequestListener =>
    (request, response) => {
      const given = items.slice((pageOf(request) - 1) * most, pageOf(request) * most);
      const counted = count === undefined ? {} : { "x-total-count": String(count) };
      response.writeHead(200, { ...json, ...counted }).end(JSON.stringify(given.length > 0 ? given : null));
    };

  async function list(answer: RequestListener, isCounted: boolean): Promise<number[]> {
    const api = createGiteaApi(await serve(answer));
    const pages: number[][] = [];
    for await (const page of api.fetchPages({ path: ["numbers"] }, z.number(), { isCounted }))
      pages.push(page);
    return pages.flat();
  }

  it.each([
    ["counted", 5, true],
    ["whose pages are counted each by itself", 2, false],
    ["not counted", undefined, true],
  ])("reads a list that is %s to its end, however few come at once", async (_, count, isCounted) => {
    expect(await list(listing([1, 2, 3, 4, 5], 2, count), isCounted)).toEqual([1, 2, 3, 4, 5]);
    server?.close();
    expect(await list(listing([], 2, count), isCounted)).toEqual([]);
  });

  it("proves who it is with the token, in a header and never in the address", async () => {
    const seen: unknown[] = [];
    const access = await serve((request, response) => {
      seen.push([request.url, request.headers.authorization]);
      response.writeHead(200, json).end("{}");
    });
    await createGiteaApi(access).fetchJson({ path: ["user"], query: { a: "b c&d" } }, z.object({}));
    expect(seen).toEqual([["/api/v1/user?a=b+c%26d", "token secret"]]);
  });

  it.each<[string, "transient" | "permanent", RequestListener]>([
    ["refuses it for now (429)", "transient", (_, response) => response.writeHead(429).end()],
    ["is broken (500)", "transient", (_, response) => response.writeHead(500, json).end('{"message":"no"}')],
    ["is behind a proxy without it", "transient", (_, response) => response.writeHead(502).end("<html>")],
    [
      "breaks off",
      "transient",
      (_, response) => response.writeHead(200, { ...json, "content-length": 9 }).destroy(),
    ],
    [
      "ends in the middle of the JSON",
      "transient",
      (_, response) => response.writeHead(200, json).end('{"login"'),
    ],
    [
      "answers something else",
      "transient",
      (_, response) => response.writeHead(200, json).end('{"login":7}'),
    ],
    ["is another server", "transient", (_, response) => response.writeHead(200).end("hello")],
    ["sends on to another server", "permanent", (_, response) => redirect(response, "https://evil.example/")],
    ["sends on for ever", "permanent", (request, response) => redirect(response, request.url ?? "")],
    ["does not know the token (401)", "permanent", (_, response) => response.writeHead(401, json).end("{}")],
    [
      "finds it wrong (422)",
      "permanent",
      (_, response) => response.writeHead(422, json).end('{"message":"no"}'),
    ],
  ])("tells whether another try can help when Gitea %s", async (_, expected, answer) => {
    const client = createGiteaClient(await serve(answer));
    const request = { method: "POST", path: ["user"], body: {} } as const;
    const asked = client.ask("asking", (api) => api.fetchJson(request, z.object({ login: z.string() })));
    await expect(asked).rejects.toMatchObject({
      diagnosis: { class: expected, title: expect.stringMatching(/^asking: (?:Gitea answered|no answer)/) },
    });
  });

  it("does what it was about where a repository was moved to", async () => {
    const seen: unknown[] = [];
    const access = await serve(async (request, response) => {
      if (request.url === "/api/v1/old") return redirect(response, "/api/v1/new");
      seen.push([request.method, request.url, await text(request)]);
      response.writeHead(201, json).end("{}");
    });
    const request = { method: "POST", path: ["old"], body: { a: 1 } } as const;
    await createGiteaApi(access).fetchJson(request, z.object({}));
    expect(seen).toEqual([["POST", "/api/v1/new", '{"a":1}']]);
  });

  it("bounds what it repeats of an answer", async () => {
    const client = createGiteaClient(
      await serve((_, response) => response.writeHead(400).end("x".repeat(1_000_000))),
    );
    const fault = await client.ask("asking", () => client.fetchOwnLogin()).catch((error: Error) => error);
    expect(String(fault).length).toBeLessThan(1000);
  });

  it("asks for its own name once, and again after a failure", async () => {
    let asked = 0;
    const client = createGiteaClient(
      await serve((_, response) => {
        asked += 1;
        if (asked === 1) response.writeHead(502).end();
        else response.writeHead(200, json).end('{"login":"pushwright"}');
      }),
    );
    await expect(client.fetchOwnLogin()).rejects.toThrow();
    expect([await client.fetchOwnLogin(), await client.fetchOwnLogin()]).toEqual([
      "pushwright",
      "pushwright",
    ]);
    expect(asked).toBe(2);
  });

  it("does not know what changed in more commits than it looks into", async () => {
    const changed = Array.from({ length: 7 }, (_, index) => ({ files: [{ filename: `file-${index}` }] }));
    const access = await serve((request, response) => {
      const page = pageOf(request);
      response.writeHead(200, json).end(JSON.stringify(changed.slice((page - 1) * 3, page * 3)));
    });
    const between = { commit: CommitSha.parse(commit), known: CommitSha.parse(earlier) };
    const ask = (maxCommits: number) =>
      fetchPathsBeyond(createGiteaApi(access), framed.repository as never, { ...between, maxCommits });
    expect(await ask(7)).toHaveLength(7);
    expect(await ask(6)).toBe("unknown");
  });
});
