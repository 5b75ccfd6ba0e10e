import { describe, expect, it } from "vitest";
import { parseDockerConfig } from "../../../../src/registry/login/docker-config.ts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const parse = (auths: unknown) => parseDockerConfig("reading it", JSON.stringify({ auths }));
const password = (user: string, secret: string) => ({ kind: "password", user, password: secret });

describe("registry/login/docker-config", () => {
  it.each([
    [{ auth: base64("me:secret") }, password("me", "secret")],
    [{ auth: base64("me:with:colons") }, password("me", "with:colons")],
    [{ auth: base64("me:secret\0\0") }, password("me", "secret")],
    [{ username: "me", password: "" }, password("me", "")],
    [
      { auth: base64("me:"), identitytoken: "refresh" },
      { kind: "identity", token: "refresh" },
    ],
    [{ registrytoken: "bearer" }, { kind: "token", token: "bearer" }],
    [{}, undefined],
    [{ auth: base64("nobody") }, undefined],
  ])("reads %j", (entry, login) => {
    expect(parse({ "r.example.com": entry }).loginFor("r.example.com", "acme/shop")).toEqual(login);
  });

  it.each([
    ["https://index.docker.io/v1/", "docker.io"],
    ["docker.io", "index.docker.io"],
    ["https://r.example.com:5000/v2/", "r.example.com:5000"],
    ["http://r.example.com/", "r.example.com"],
  ])("knows the login of %s as that of %s", (key, host) => {
    expect(parse({ [key]: { auth: base64("me:secret") } }).loginFor(host, "a/b")).toBeDefined();
  });

  it("prefers the login of the longest place", () => {
    const logins = parse({
      "r.example.com": { auth: base64("all:1") },
      "r.example.com/acme": { auth: base64("acme:1") },
      "r.example.com/acme/shop": { auth: base64("shop:1") },
    });
    const userFor = (path: string) => logins.loginFor("r.example.com", path);
    expect(userFor("acme/shop/api")).toMatchObject({ user: "shop" });
    expect(userFor("acme/shops")).toMatchObject({ user: "acme" });
    expect(userFor("other/shop")).toMatchObject({ user: "all" });
    expect(logins.loginFor("other.example.com", "acme/shop")).toBeUndefined();
  });

  it.each([
    "secret{",
    '{"credsStore":"secret"}',
    '{"auths":{"r":{"auth":1,"password":"secret"}}}',
    "[]",
    "null",
  ])("says what it expected, and nothing of what it read: %s", (text) => {
    const error = (() => {
      try {
        return parseDockerConfig("reading it", text);
      } catch (thrown) {
        return (thrown as Error).message;
      }
    })();
    expect(error).toMatch(/^reading it: /);
    expect(error).not.toContain("secret");
  });
});
