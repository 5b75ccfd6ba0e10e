import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { gunzipSync, gzipSync } from "node:zlib";
import { Validator } from "@seriousme/openapi-schema-validator";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiClient, type ApiRequest, openApiClient } from "../harness/api-client.ts";
import { packArchive } from "../harness/pack-archive.ts";
import { LIMIT, openApiWorld, TOKEN } from "./open-api-world.ts";

const WAIT = { timeout: 20_000, interval: 50 };
const CONTEXT = [
  { name: "./", type: "directory" as const },
  { name: "./Dockerfile", content: "FROM scratch\nRUN boom\n" },
  { name: "./main", content: "main", mode: 0o755 },
];

describe("the API", () => {
  let world: Awaited<ReturnType<typeof openApiWorld>>;
  let client: ApiClient;
  let context: Buffer;

  beforeAll(async () => {
    world = await openApiWorld((plan) => {
      const isFailing = plan.repository.startsWith("apps/failing");
      const isSlow = plan.repository.startsWith("apps/slow");
      return {
        log: [`says ${plan.repository}`],
        milliseconds: isSlow ? 60_000 : 5,
        exitCode: isFailing ? 3 : 0,
      };
    });
    client = await openApiClient(world.url, TOKEN);
    context = await packArchive(CONTEXT);
  });
  afterAll(() => world.close());

  const submit = (image: string, { query = [], ...request }: ApiRequest = {}) =>
    client.ask("/api/builds", {
      method: "POST",
      query: [["image", image], ...query],
      body: context,
      ...request,
    });
  const ended = async (id: unknown) => {
    const look = async () => (await client.ask(`/api/builds/${id}`)).json;
    await expect
      .poll(async () => ["queued", "running"].includes(String((await look()).state)), WAIT)
      .toBe(false);
    return look();
  };

  it("has a description that is valid by OpenAPI's own schema", async () => {
    const { valid, errors } = await new Validator().validate(client.document as never);
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
  });

  it("takes an upload, builds it with what was asked for, and tells how it ended", async () => {
    const query: [string, string][] = [
      ...[
        ["tag", "1.0"],
        ["tag", "stable"],
        ["arg", "A=b=c"],
        ["arg", "D="],
        ["target", "last"],
        ["cache", "false"],
      ],
    ] as [string, string][];
    const { status, headers, json } = await submit("apps/hello", { query });
    expect(status).toBe(202);
    expect(headers.get("location")).toBe(`/api/builds/${json.id}`);
    const build = await ended(json.id);
    const place = "registry.example.com/team/apps/hello";
    expect(build).toMatchObject({ state: "success", tagged: [`${place}:1.0`, `${place}:stable`] });
    expect(world.registry.tags.get("apps/hello")?.get("stable")).toBe(build.digest);
    const plan = world.plans.find(({ buildId }) => buildId === json.id);
    expect(plan).toMatchObject({
      ...{ repository: "apps/hello", dockerfile: "Dockerfile", contextFolder: "", target: "last" },
      ...{ args: { A: "b=c", D: "" }, readable: ["team/apps/hello", "team/apps/hello/**"], isTrusted: true },
    });
    expect(plan).not.toHaveProperty("commit");
    expect(plan).not.toHaveProperty("cacheRepository");
    expect((await client.ask(`/api/builds/${json.id}/log`)).text).toBe("says apps/hello\n");
    await expect.poll(() => world.uploads(), WAIT).toEqual([]);
  });

  it("puts a Dockerfile that came with the query beside the context", async () => {
    const { json } = await submit("apps/generated", { query: [["dockerfileText", "FROM scratch\n"]] });
    await ended(json.id);
    expect(world.plans.at(-1)).toMatchObject({ dockerfile: "Dockerfile", contextFolder: "context" });
  });

  it("builds without pushing", async () => {
    const { json } = await submit("apps/unpushed", { query: [["push", "false"]] });
    expect(await ended(json.id)).toMatchObject({
      state: "success",
      digest: expect.stringMatching(/^sha256:/),
    });
    expect(world.registry.tags.get("apps/unpushed")).toBeUndefined();
  });

  it("explains a failure", async () => {
    const { json } = await submit("apps/failing");
    expect(await ended(json.id)).toMatchObject({ state: "failure", diagnosis: { class: "permanent" } });
  });

  it("knows the same wish by its key, and refuses another one under it", async () => {
    const headers = { "idempotency-key": "order-1" };
    const [one, other] = await Promise.all([
      submit("apps/keyed", { headers }),
      submit("apps/keyed", { headers }),
    ]);
    expect(one.json.id).toBe(other.json.id);
    await ended(one.json.id);
    expect((await submit("apps/keyed", { headers })).json).toMatchObject({
      id: one.json.id,
      state: "success",
    });
    expect(world.plans.filter(({ buildId }) => buildId === one.json.id)).toHaveLength(1);
    const refused = await submit("apps/other", { headers });
    expect(refused).toMatchObject({ status: 409, json: { error: { code: "key-used" } } });
    expect((await submit("apps/keyed")).json.id).not.toBe(one.json.id);
  });

  it("cancels a build that runs, and none that has ended", async () => {
    const { json } = await submit("apps/slow");
    const path = `/api/builds/${json.id}`;
    await expect.poll(async () => (await client.ask(path)).json.state, WAIT).toBe("running");
    expect((await client.ask(path, { method: "DELETE" })).json).toMatchObject({ isCancelling: true });
    expect(await ended(json.id)).toMatchObject({ state: "cancelled", isCancelling: false });
    const done = await submit("apps/done");
    await ended(done.json.id);
    expect(await client.ask(`/api/builds/${done.json.id}`, { method: "DELETE" })).toMatchObject({
      status: 409,
    });
  });

  it("is no build of a commit for whoever looks for those", async () => {
    const { json } = await submit("apps/apart");
    await ended(json.id);
    expect(await world.storage.history.get(json.id as never)).toBeUndefined();
    expect((await world.storage.history.list({})).builds).toEqual([]);
  });

  it.each<[string, number, string, ApiRequest]>([
    ["an image elsewhere", 403, "image-not-allowed", { query: [["image", "acme/shop"]] }],
    ["an image of the prefix's own name", 403, "image-not-allowed", { query: [["image", "apps"]] }],
    ["an image that leads out", 400, "bad-request", { query: [["image", "apps/../acme/shop"]] }],
    ["a layer cache", 400, "bad-request", { query: [["image", "apps/a/pushwright-cache"]] }],
    ["no image", 400, "bad-request", { query: [] }],
    [
      "a parameter that there is not",
      400,
      "bad-request",
      {
        query: [
          ["image", "apps/a"],
          ["tags", "b"],
        ],
      },
    ],
    [
      "a Dockerfile outside of the upload",
      400,
      "bad-request",
      {
        query: [
          ["image", "apps/a"],
          ["dockerfile", "../b"],
        ],
      },
    ],
    [
      "two Dockerfiles",
      400,
      "bad-request",
      {
        query: [
          ["image", "apps/a"],
          ["dockerfile", "b"],
          ["dockerfileText", "c"],
        ],
      },
    ],
    [
      "a key with spaces",
      400,
      "bad-request",
      { query: [["image", "apps/a"]], headers: { "idempotency-key": "a b" } },
    ],
    [
      "a form",
      415,
      "not-a-tar",
      { query: [["image", "apps/a"]], headers: { "content-type": "multipart/form-data; boundary=a" } },
    ],
    [
      "a Dockerfile that is not there",
      422,
      "missing-dockerfile",
      {
        query: [
          ["image", "apps/a"],
          ["dockerfile", "no"],
        ],
      },
    ],
    ["no gzip", 400, "bad-upload", { query: [["image", "apps/a"]], body: Buffer.from("tar") }],
    ["nothing", 400, "bad-upload", { query: [["image", "apps/a"]], body: Buffer.alloc(0) }],
    [
      "gzip of no tar",
      400,
      "bad-upload",
      { query: [["image", "apps/a"]], body: gzipSync(randomBytes(2048)) },
    ],
    [
      "more than may be sent",
      413,
      "context-too-large",
      { query: [["image", "apps/a"]], body: randomBytes(2 * LIMIT) },
    ],
    [
      "what unpacks to more",
      413,
      "context-too-large",
      { query: [["image", "apps/a"]], body: gzipSync(Buffer.concat([])) },
    ],
  ])("refuses %s", async (what, status, code, request) => {
    const bomb = [...CONTEXT, { name: "zeros", content: Buffer.alloc(2 * LIMIT) }];
    const body = what === "what unpacks to more" ? await packArchive(bomb) : (request.body ?? context);
    const answer = await client.ask("/api/builds", { method: "POST", ...request, body });
    expect(answer.json).toMatchObject({ error: { code } });
    expect(answer.status).toBe(status);
    await expect.poll(() => world.uploads(), WAIT).toEqual([]);
  });

  it("refuses an upload that is cut off, and keeps nothing of it", async () => {
    const half = context.subarray(0, context.length / 2);
    const socket = connect(Number(new URL(world.url).port), "127.0.0.1");
    socket.on("error", () => {});
    socket.write(
      `POST /api/builds?image=apps/cut HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Length: ${context.length}\r\n\r\n`,
    );
    socket.write(half);
    await expect.poll(() => world.uploads(), WAIT).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => world.uploads(), WAIT).toEqual([]);
    expect(gunzipSync(context).length).toBeGreaterThan(0);
  });

  it("says no to whoever has no token, before anything is read", async () => {
    for (const token of ["", "wrong-token-of-sixteen"]) {
      const stranger = await openApiClient(world.url, token);
      const query: [string, string][] = [["image", "apps/a"]];
      expect((await stranger.ask("/api/builds", { method: "POST", query, body: context })).status).toBe(401);
      expect((await stranger.ask(`/api/builds/${"a".repeat(24)}`)).status).toBe(401);
    }
  });

  it("knows neither builds that there are not, nor other ways to ask", async () => {
    for (const path of [
      `/api/builds/${"a".repeat(24)}`,
      `/api/builds/${"a".repeat(24)}/log`,
      "/api/builds/no-id",
    ])
      expect(await client.ask(path)).toMatchObject({ status: 404, json: { error: { code: "not-found" } } });
    const put = await fetch(`${world.url}/api/builds/${"a".repeat(24)}`, {
      method: "PUT",
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect([put.status, put.headers.get("allow")]).toEqual([405, "GET, DELETE"]);
  });

  it("is off without a token, and says so", async () => {
    const off = await openApiWorld(() => ({ log: [], milliseconds: 0, exitCode: 0 }), {
      apiToken: undefined,
    });
    const answer = await fetch(`${off.url}/api/builds?image=apps/a`, { method: "POST", body: context });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toContain("PUSHWRIGHT_API_TOKEN is not set");
    await off.close();
  });
});
