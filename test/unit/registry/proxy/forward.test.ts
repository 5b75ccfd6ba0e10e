import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Login } from "../../../../src/registry/login/docker-config.ts";
import { createRegistryAuth } from "../../../../src/registry/login/registry-auth.ts";
import { createForwarder } from "../../../../src/registry/proxy/forward.ts";
import { createUpstream } from "../../../../src/registry/proxy/upstream.ts";
import { listen } from "../../../fakes/http/listen.ts";

const OWN = "team/acme/shop";
const DIGEST = `sha256:${"0".repeat(64)}`;
const LOGIN: Login = { kind: "password", user: "builder", password: "secret" };
const BASIC = `Basic ${Buffer.from("builder:secret").toString("base64")}`;

type Asked = { method: string; url: string; authorization: string | undefined; body: string };

/** A proxy before a registry that answers as `answer` says. */
async function open(answer: (asked: Asked, response: ServerResponse) => void) {
  const asked: Asked[] = [];
  const local = { hostname: "127.0.0.1", port: 0 };
  const registry = await listen(local, async (request: IncomingMessage, response) => {
    const { method = "", url = "", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const one = { method, url, authorization: headers.authorization, body: Buffer.concat(chunks).toString() };
    asked.push(one);
    answer(one, response);
  });
  const host = `127.0.0.1:${registry.port}`;
  const upstream = createUpstream({ host, insecure: true, ca: undefined }, (_name, _options, callback) =>
    callback(new Error("an address needs no look-up"), []),
  );
  const ask = () => Promise.reject(new Error("there is no token service"));
  const images = [{ repository: OWN, imageTag: "v1" }];
  const log: string[] = [];
  const forward = createForwarder({
    registry: { port: 1, host, insecure: true, images, readable: [] },
    upstream,
    auth: createRegistryAuth({ insecure: true, ask, loginFor: () => LOGIN }),
    anonymous: createRegistryAuth({ insecure: true, ask, loginFor: () => undefined }),
    log: (line) => log.push(line),
  });
  const proxy = await listen(local, forward);
  onTestFinished(() => Promise.all([proxy.close(), registry.close()]).then(() => undefined));
  const send = (method: string, path: string, body?: string) =>
    fetch(new URL(path, `http://127.0.0.1:${proxy.port}`), {
      method,
      redirect: "manual",
      ...(body ? { body } : {}),
    });
  return { send, asked, host, log };
}

const refuseUnknown = ({ authorization }: Asked, response: ServerResponse): boolean => {
  if (authorization === BASIC) return false;
  response.writeHead(401, { "www-authenticate": 'Basic realm="r"' }).end();
  return true;
};

describe("registry/proxy/forward", () => {
  it("goes on with an upload where the registry says, under a name of its own", async () => {
    const { send, asked, host } = await open((one, response) => {
      if (refuseUnknown(one, response)) return;
      const location = one.method === "POST" ? "/somewhere/else?_state=1" : `http://${host}/other?_state=2`;
      response.writeHead(one.method === "PUT" ? 201 : 202, { location }).end();
    });
    const begun = await send("POST", `/v2/${OWN}/blobs/uploads/?mount=${DIGEST}&from=team/acme/other`);
    const first = begun.headers.get("location") ?? "";
    expect(first).toMatch(new RegExp(`^/v2/${OWN}/blobs/uploads/[0-9a-f-]{36}$`));
    const patched = await send("PATCH", first, "layer");
    const done = await send("PUT", `${patched.headers.get("location")}?digest=${DIGEST}`);
    expect(done.status).toBe(201);
    expect(asked.map(({ method, url, body }) => [method, url, body])).toEqual([
      ["POST", `/v2/${OWN}/blobs/uploads/`, ""],
      ["POST", `/v2/${OWN}/blobs/uploads/`, ""],
      ["PATCH", "/somewhere/else?_state=1", "layer"],
      ["PUT", `/other?_state=2&digest=${encodeURIComponent(DIGEST)}`, ""],
    ]);
    expect((await send("PATCH", first, "again")).status).toBe(404);
  });

  it("lets an upload be tried again where the registry had trouble of its own", async () => {
    let troubles = 1;
    const { send } = await open((one, response) => {
      if (refuseUnknown(one, response)) return;
      const status = one.method === "PATCH" && troubles-- > 0 ? 503 : 202;
      response.writeHead(status, { location: "/upload/1" }).end();
    });
    const place = (await send("POST", `/v2/${OWN}/blobs/uploads/`)).headers.get("location") ?? "";
    const tries = [await send("PATCH", place, "layer"), await send("PATCH", place, "layer")];
    expect(tries.map(({ status }) => status)).toEqual([503, 202]);
  });

  it("pushes no further tag that a query names", async () => {
    const { send, asked } = await open((_, response) => response.writeHead(201).end());
    const answer = await send("PUT", `/v2/${OWN}/manifests/v1?tag=latest`, "{}");
    expect([answer.status, asked.map(({ url }) => url)]).toEqual([201, [`/v2/${OWN}/manifests/v1`]]);
  });

  it("sends no login where an upload goes to another place", async () => {
    const { send, asked } = await open((one, response) => {
      if (!refuseUnknown(one, response))
        response.writeHead(202, { location: "http://elsewhere.invalid/upload" }).end();
    });
    const answer = await send("POST", `/v2/${OWN}/blobs/uploads/`);
    expect(answer.status).toBe(502);
    expect(await answer.text()).toContain("elsewhere.invalid");
    expect(asked).toHaveLength(2);
  });

  it("passes on where a layer is kept, and does not go there itself", async () => {
    const place = "https://storage.invalid/layer?signature=1";
    const { send } = await open((one, response) => {
      if (!refuseUnknown(one, response)) response.writeHead(307, { location: place }).end();
    });
    const answer = await send("GET", `/v2/${OWN}/blobs/${DIGEST}`);
    expect([answer.status, answer.headers.get("location")]).toEqual([307, place]);
  });

  it("shows no login for what the build may not read, and tells the policy's word for it", async () => {
    const { send, asked, log } = await open((one, response) => {
      if (!refuseUnknown(one, response)) response.end("secret");
    });
    const answer = await send("GET", "/v2/team/acme/other/manifests/v1");
    expect(answer.status).toBe(403);
    expect(await answer.text()).toMatch(/DENIED.*bases/);
    expect(asked.map(({ authorization }) => authorization)).toEqual([undefined]);
    expect(log.join()).toContain("refused GET /v2/team/acme/other/manifests/v1");
  });

  it("says in a registry's own words when it cannot be reached", async () => {
    const { send } = await open((_, response) => response.destroy());
    const answer = await send("GET", `/v2/${OWN}/manifests/v1`);
    expect(answer.status).toBe(502);
    expect(await answer.json()).toEqual({
      errors: [
        {
          code: "UNAVAILABLE",
          message: expect.stringMatching(/^reaching 127\.0\.0\.1:\d+: connection reset/),
        },
      ],
    });
  });
});
