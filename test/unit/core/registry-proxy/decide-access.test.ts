import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideAccess } from "../../../../src/core/registry-proxy/decide-access.ts";

const sha = "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d";
const hex = "0".repeat(64);
const digest = `sha256:${hex}`;
const cache = "team/acme/shop/pushwright-cache";
const registry = {
  images: [{ repository: "team/acme/shop", imageTag: sha }],
  cache,
  readable: ["team/acme/shop/*", "base/**"],
};
const decide = (method: string, target: string) => decideAccess(registry, method, target);

describe("core/registry-proxy: a build", () => {
  it.each([
    ["GET", "/v2/", { kind: "ping" }],
    ["HEAD", `/v2/team/acme/shop/blobs/${digest}`, { kind: "read", withLogin: true }],
    ["GET", `/v2/${cache}/manifests/${hex}`, { kind: "read", withLogin: true }],
    ["GET", "/v2/base/node/manifests/24-slim", { kind: "read", withLogin: true }],
    ["GET", `/v2/base/node/manifests/${digest}`, { kind: "read", withLogin: true }],
    ["POST", "/v2/team/acme/shop/blobs/uploads/", { kind: "begin-upload", repository: "team/acme/shop" }],
    ["POST", `/v2/${cache}/blobs/uploads/`, { kind: "begin-upload", repository: cache }],
    ["PATCH", "/v2/team/acme/shop/blobs/uploads/1-a", { kind: "upload", session: "1-a" }],
    ["PUT", `/v2/team/acme/shop/blobs/uploads/1?digest=${digest}`, { kind: "upload", digest }],
    ["PUT", `/v2/team/acme/shop/manifests/${sha}`, { kind: "put-manifest", repository: "team/acme/shop" }],
    ["PUT", `/v2/${cache}/manifests/${hex}`, { kind: "put-manifest", repository: cache }],
  ])("may %s %s", (method, target, access) => {
    expect(decide(method, target)).toMatchObject(access);
  });

  it.each([
    ["PUT", "/v2/team/acme/shop/manifests/latest"],
    ["PUT", `/v2/team/acme/shop/manifests/${digest}`],
    ["PUT", `/v2/team/acme/shop/manifests/${hex}`],
    ["PUT", `/v2/${cache}/manifests/${sha}`],
    ["PUT", `/v2/team/acme/shop/api/manifests/${sha}`],
    ["PUT", `/v2/team/acme/other/manifests/${sha}`],
    ["POST", "/v2/team/acme/other/blobs/uploads/"],
    ["POST", "/v2/base/node/blobs/uploads/"],
    ["PATCH", "/v2/team/acme/other/blobs/uploads/1"],
    ["TRACE", "/v2/team/acme/shop/blobs/uploads/1"],
    ["OPTIONS", "/v2/team/acme/shop/blobs/uploads/1"],
    ["POST", "/v2/team/acme/shop/blobs/uploads/1"],
    ["DELETE", `/v2/team/acme/shop/manifests/${sha}`],
    ["DELETE", `/v2/team/acme/shop/blobs/${digest}`],
    ["GET", "/v2/_catalog"],
    ["GET", "/v2/team/acme/shop/tags/list"],
    ["GET", "/v2/team/acme/shop/../other/manifests/v1"],
    ["GET", "/v2/team/acme/shop/%2e%2e/other/manifests/v1"],
    ["GET", "/v2//team/acme/shop/manifests/v1"],
    ["GET", "/v2/team/acme/shop/manifests/v1/../../../other/manifests/v1"],
    ["GET", "http://other.example.com/v2/team/acme/shop/manifests/v1"],
    ["GET", "/"],
    ["GET", "/token?scope=repository:team/acme/other:push"],
    ["POST", "/v2/"],
    ["CONNECT", "other.example.com:443"],
  ])("may not %s %s", (method, target) => {
    expect(decide(method, target).kind).toBe("refused");
  });

  it("gets of other repositories what everybody gets", () => {
    expect(decide("GET", "/v2/team/acme/other/manifests/v1")).toEqual({
      kind: "read",
      repository: "team/acme/other",
      withLogin: false,
    });
  });

  it("takes layers over from repositories that it may read, and from no other", () => {
    const begin = (from: string) =>
      decide("POST", `/v2/team/acme/shop/blobs/uploads/?mount=${digest}&from=${from}&origin=x`);
    expect(begin("base%2Fnode")).toMatchObject({ mount: { digest, from: "base/node" } });
    for (const from of ["team%2Facme%2Fother", "base/../team/acme/other", "base%2F..%2Fother", ""])
      expect(begin(from)).toEqual({ kind: "begin-upload", repository: "team/acme/shop" });
  });

  it("pushes nothing but its tag and its cache, whatever it asks", () => {
    const word = fc.constantFrom(
      "v2",
      "team",
      "acme",
      "shop",
      "other",
      "..",
      ".",
      "",
      "blobs",
      "uploads",
      "manifests",
      sha,
      hex,
      digest,
      "latest",
      "pushwright-cache",
      "%2f",
      "?",
      "a?b",
    );
    const method = fc.constantFrom("PUT", "POST", "PATCH", "DELETE", "GET", "put");
    fc.assert(
      fc.property(method, fc.array(word, { maxLength: 10 }), (how, words) => {
        const target = `/v2/${words.join("/")}`;
        const access = decide(how, target);
        if (access.kind === "put-manifest")
          expect([`/v2/team/acme/shop/manifests/${sha}`, `/v2/${cache}/manifests/${hex}`]).toContain(
            target.split("?", 1)[0],
          );
        if (access.kind === "begin-upload" || access.kind === "upload")
          expect(["team/acme/shop", cache]).toContain(access.repository);
        if (access.kind === "read") expect(["GET", "HEAD"]).toContain(how);
      }),
      { numRuns: 2000 },
    );
  });
});
