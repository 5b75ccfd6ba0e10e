import { createHash } from "node:crypto";
import nock from "nock";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RegistryPlace } from "../../../src/core/image-reference.ts";
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

  it.each([["<html>"], ["{}"], ["null"]])("does not take %s for a manifest", async (body) => {
    asked().reply(200, body);
    await expect(registry.describe("acme/shop", "v1")).rejects.toThrow();
  });
});
