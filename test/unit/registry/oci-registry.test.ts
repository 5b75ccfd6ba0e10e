import { createHash } from "node:crypto";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Digest, RegistryPlace } from "../../../src/core/image-reference.ts";
import { createOciRegistry } from "../../../src/registry/oci-registry.ts";

const manifest = JSON.stringify({
  schemaVersion: 2,
  config: { size: 10 },
  layers: [{ size: 100 }, { size: 1000 }],
});
const digest = `sha256:${createHash("sha256").update(manifest).digest("hex")}`;
const registry = createOciRegistry({
  place: RegistryPlace.parse("r.example.com:5000/team"),
  insecure: false,
});
const place = "/v2/team/acme/shop/manifests";
const asked = () => nock("https://r.example.com:5000").get("/v2/team/acme/shop/manifests/v1");

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  const unused = nock.pendingMocks();
  nock.cleanAll();
  nock.enableNetConnect();
  expect(unused).toEqual([]);
});

describe("registry/oci-registry", () => {
  it("tells an image's digest from its manifest's bytes, and its size", async () => {
    // A header that lies is not believed.
    asked()
      .matchHeader("accept", /vnd\.oci\.image\.manifest/)
      .reply(200, manifest, { "docker-content-digest": "sha256:0" });
    expect(await registry.describe("acme/shop", "v1")).toEqual({ digest, bytes: 1110 });
  });

  it("asks over plain HTTP only where that is allowed", async () => {
    nock("http://r.example.com").get("/v2/acme/shop/manifests/v1").reply(200, manifest);
    const plain = createOciRegistry({ place: RegistryPlace.parse("r.example.com"), insecure: true });
    expect(await plain.describe("acme/shop", "v1")).toMatchObject({ digest });
  });

  it("knows no image where the registry has none", async () => {
    asked().reply(404, { errors: [{ code: "MANIFEST_UNKNOWN" }] });
    expect(await registry.describe("acme/shop", "v1")).toBeUndefined();
  });

  it.each([
    [401, "permanent"],
    [403, "permanent"],
    [429, "transient"],
    [500, "transient"],
    [503, "transient"],
  ])("calls an answer of %d %s", async (status, kind) => {
    asked().reply(status, "no");
    await expect(registry.describe("acme/shop", "v1")).rejects.toMatchObject({
      diagnosis: {
        class: kind,
        cause: expect.stringContaining(`r.example.com:5000 for team/acme/shop at v1: it answered ${status}`),
      },
    });
  });

  it.each([
    ["ECONNREFUSED", "transient", "PUSHWRIGHT_REGISTRY_API"],
    ["ECONNRESET", "transient", "PUSHWRIGHT_REGISTRY_API"],
    ["ENOTFOUND", "permanent", "PUSHWRIGHT_REGISTRY_API"],
    ["EPROTO", "permanent", "PUSHWRIGHT_REGISTRY_INSECURE"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "permanent", "PUSHWRIGHT_REGISTRY_CA"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "permanent", "PUSHWRIGHT_REGISTRY_CA"],
    ["CERT_HAS_EXPIRED", "permanent", "PUSHWRIGHT_REGISTRY_CA"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "permanent", "PUSHWRIGHT_REGISTRY_API"],
  ])("calls the failure %s %s, and names %s", async (code, kind, setting) => {
    asked().replyWithError(Object.assign(new Error(code), { code }));
    await expect(registry.describe("acme/shop", "v1")).rejects.toMatchObject({
      diagnosis: { class: kind, remedy: expect.stringContaining(setting) },
    });
  });

  it("tells of an image for several platforms, by the bytes of all", async () => {
    const listed = `sha256:${"1".repeat(64)}`;
    const index = JSON.stringify({ schemaVersion: 2, manifests: [{ digest: listed }, { digest: listed }] });
    asked()
      .matchHeader("accept", /image\.index.*manifest\.list/)
      .reply(200, index);
    nock("https://r.example.com:5000")
      .get(`/v2/team/acme/shop/manifests/${listed}`)
      .twice()
      .reply(200, manifest);
    const indexDigest = `sha256:${createHash("sha256").update(index).digest("hex")}`;
    expect(await registry.describe("acme/shop", "v1")).toEqual({ digest: indexDigest, bytes: 2220 });
  });

  it.each([["<html>"], ["{}"], ["null"]])("does not take %s for a manifest", async (body) => {
    asked().reply(200, body);
    await expect(registry.describe("acme/shop", "v1")).rejects.toThrow();
  });
});

describe("registry/oci-registry, naming an image", () => {
  const found = (type?: string, body = manifest) =>
    nock("https://r.example.com:5000")
      .get(`${place}/${digest}`)
      .reply(200, body, type === undefined ? {} : { "content-type": type });
  const put = (type: string | RegExp = /./) =>
    nock("https://r.example.com:5000", {
      reqheaders: { "content-type": (value) => RegExp(type).test(String(value)) },
    }).put(`${place}/latest`, (sent) => JSON.stringify(sent) === manifest);
  const tag = () => registry.tag("acme/shop", digest as Digest, "latest");

  it.each([
    ["application/vnd.oci.image.manifest.v1+json", "oci.image.manifest"],
    ["application/vnd.docker.distribution.manifest.v2+json; charset=utf-8", "manifest.v2\\+json$"],
    ["application/vnd.oci.image.index.v1+json", "oci.image.index"],
    ["application/vnd.docker.distribution.manifest.list.v2+json", "manifest.list"],
    ["text/plain", "oci.image.manifest"],
    [undefined, "oci.image.manifest"],
  ])("stores what came as %s under its own type", async (type, stored) => {
    found(type);
    put(stored).reply(201);
    await tag();
  });

  it("does not name what has another digest", async () => {
    found(undefined, "{}");
    await expect(tag()).rejects.toMatchObject({ diagnosis: { class: "permanent", code: "image-missing" } });
  });

  it("does not name what the registry does not have", async () => {
    nock("https://r.example.com:5000").get(`${place}/${digest}`).reply(404);
    await expect(tag()).rejects.toMatchObject({
      diagnosis: {
        class: "permanent",
        code: "image-missing",
        cause: expect.stringContaining("team/acme/shop@sha256:"),
      },
    });
  });

  const words = (code: string, message: string) => ({ errors: [{ code, message, detail: {} }] });
  it.each([
    [401, words("UNAUTHORIZED", "authentication required"), "permanent", "PUSHWRIGHT_REGISTRY_LOGIN"],
    [403, words("DENIED", "requested access is denied"), "permanent", "allowed to push there"],
    [404, words("NAME_UNKNOWN", "repository name not known"), "permanent", "PUSHWRIGHT_REGISTRY_API"],
    [405, words("UNSUPPORTED", "read only"), "permanent", "read-only"],
    [400, words("TAG_INVALID", "tag is immutable"), "permanent", "set once only"],
    [412, words("PRECONDITION", "configured as immutable"), "permanent", "set once only"],
    [409, words("TAG_ALREADY_EXISTS", "tag already exists"), "permanent", "set once only"],
    [413, words("SIZE_INVALID", "too large"), "permanent", "own words above"],
    [400, "<html>Bad `Request`</html>", "permanent", "own words above"],
    [429, words("TOOMANYREQUESTS", "slow down"), "transient", "tried again"],
    [503, "", "transient", "tried again"],
  ])("explains an answer of %d with %j as %s", async (status, body, kind, remedy) => {
    found();
    put().reply(status, body);
    const said = typeof body === "string" ? "" : `${body.errors[0]?.code}: ${body.errors[0]?.message}`;
    await expect(tag()).rejects.toMatchObject({
      diagnosis: {
        class: kind,
        code: "tag-refused",
        cause: expect.stringMatching(
          new RegExp(
            `naming ${digest} team/acme/shop:latest in registry r\\.example\\.com:5000: it answered ${status}.*${said}`,
          ),
        ),
        remedy: expect.stringContaining(remedy),
      },
    });
  });

  it("explains a registry that goes away in between", async () => {
    found();
    put().replyWithError(Object.assign(new Error("gone"), { code: "ECONNRESET" }));
    await expect(tag()).rejects.toMatchObject({
      diagnosis: { class: "transient", code: "registry-unreachable" },
    });
  });
});
