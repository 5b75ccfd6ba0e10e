import { createHash } from "node:crypto";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Digest, RegistryPlace } from "../../../src/core/image-reference.ts";
import { parseDockerConfig } from "../../../src/registry/login/docker-config.ts";
import { createOciRegistry } from "../../../src/registry/oci-registry.ts";

const manifest = JSON.stringify({ schemaVersion: 2, config: { size: 10 }, layers: [{ size: 100 }] });
const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}` as Digest;
const place = "/v2/team/acme/shop/manifests";
const BEARER = {
  "www-authenticate": 'Bearer realm="https://auth.example.com/token",service="r.example.com"',
};
const basic = `Basic ${Buffer.from("bot:secret").toString("base64")}`;

function open(entry: object | undefined, { insecure = false } = {}) {
  const auths = entry === undefined ? {} : { "r.example.com": entry };
  const logins = parseDockerConfig("reading it", JSON.stringify({ auths }));
  return createOciRegistry({ place: RegistryPlace.parse("r.example.com/team"), insecure, logins });
}
const password = { username: "bot", password: "secret" };
const registry = (authorization?: string) =>
  nock(
    "https://r.example.com",
    authorization ? { reqheaders: { authorization } } : { badheaders: ["authorization"] },
  );
const tokens = (scope: string, options: nock.Options = { reqheaders: { authorization: basic } }) =>
  nock("https://auth.example.com", options).get("/token").query({ service: "r.example.com", scope });

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  expect(unused).toEqual([]);
});

describe("registry/oci-registry, where a login is asked for", () => {
  it("shows it as Basic, at once from the second time on", async () => {
    registry().get(`${place}/v1`).reply(401, "", { "www-authenticate": 'Basic realm="r"' });
    registry(basic).get(`${place}/v1`).twice().reply(200, manifest);
    const client = open(password);
    expect(await client.describe("acme/shop", "v1")).toMatchObject({ digest });
    expect(await client.describe("acme/shop", "v1")).toMatchObject({ digest });
  });

  it("has a token for what it does in one repository, to read and to write, each as long as it is good", async () => {
    registry().get(`${place}/${digest}`).reply(401, "", BEARER);
    tokens("repository:team/acme/shop:pull").reply(200, { token: "read", expires_in: 300 });
    registry("Bearer read").get(`${place}/${digest}`).twice().reply(200, manifest);
    tokens("repository:team/acme/shop:pull,push")
      .twice()
      .reply(200, { access_token: "write", expires_in: 5 });
    registry("Bearer write").put(`${place}/one`).reply(201);
    registry("Bearer write").put(`${place}/two`).reply(201);
    const client = open(password);
    await client.tag("acme/shop", digest, "one");
    await client.tag("acme/shop", digest, "two");
  });

  it("asks for a token without a login where it has none", async () => {
    registry().get(`${place}/v1`).reply(401, "", BEARER);
    tokens("repository:team/acme/shop:pull", { badheaders: ["authorization"] }).reply(200, {
      token: "anybody",
    });
    registry("Bearer anybody").get(`${place}/v1`).reply(200, manifest);
    expect(await open(undefined).describe("acme/shop", "v1")).toMatchObject({ digest });
  });

  it("exchanges an identity token", async () => {
    registry().get(`${place}/v1`).reply(401, "", BEARER);
    nock("https://auth.example.com")
      .post("/token", /grant_type=refresh_token.*refresh_token=identity.*scope=repository/)
      .reply(200, { access_token: "access" });
    registry("Bearer access").get(`${place}/v1`).reply(200, manifest);
    expect(await open({ identitytoken: "identity" }).describe("acme/shop", "v1")).toMatchObject({ digest });
  });

  it("takes a new token where the last one is good no longer", async () => {
    registry().get(`${place}/v1`).reply(401, "", BEARER);
    tokens("repository:team/acme/shop:pull").reply(200, { token: "one", expires_in: 300 });
    registry("Bearer one").get(`${place}/v1`).reply(200, manifest);
    registry("Bearer one").get(`${place}/v1`).reply(401, "", BEARER);
    tokens("repository:team/acme/shop:pull").reply(200, { token: "two", expires_in: 300 });
    registry("Bearer two").get(`${place}/v1`).reply(200, manifest);
    const client = open(password);
    await client.describe("acme/shop", "v1");
    await client.describe("acme/shop", "v1");
  });

  it.each([401, 403])("explains a token service that answers %d", async (status) => {
    registry().get(`${place}/v1`).reply(401, "", BEARER);
    tokens("repository:team/acme/shop:pull").reply(status);
    await expect(open(password).describe("acme/shop", "v1")).rejects.toMatchObject({
      diagnosis: {
        class: "permanent",
        code: "registry-refused",
        cause: expect.stringMatching(/https:\/\/auth\.example\.com\/token.*answered/),
        remedy: expect.stringContaining("PUSHWRIGHT_REGISTRY_LOGIN"),
      },
    });
  });

  it("sends a login nowhere over plain HTTP, unless the registry itself is so reached", async () => {
    const plain = {
      "www-authenticate": 'Bearer realm="http://auth.example.com/token",service="r.example.com"',
    };
    registry().get(`${place}/v1`).reply(401, "", plain);
    await expect(open(password).describe("acme/shop", "v1")).rejects.toThrow(/plain HTTP/);
  });
});
