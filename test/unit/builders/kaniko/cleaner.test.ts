import { expect, it } from "vitest";
import { createCleaner } from "../../../../src/builders/kaniko/cleaner.ts";
import { plan, settings } from "./plan.ts";

it("what a build says is cleaned of secrets and of where its context was moved to", () => {
  const words = "lstat /kaniko/buildcontext/context/dist: no hunter22";
  expect(createCleaner({ ...plan, contextFolder: "context" }, settings, ["hunter22"])(words)).toBe(
    "lstat /kaniko/buildcontext/dist: no ***",
  );
  expect(createCleaner(plan, settings, [])(words)).toBe(words);
});

it("what a build says names registries as people know them, not its proxy", () => {
  const proxied = {
    ...settings,
    registrySecret: "login",
    proxyImage: "bot:1",
    registries: [{ host: "registry.test:5000", login: true }],
  };
  const words = "Pushed 127.0.0.1:46117/acme/shop@sha256:0, and not 127.0.0.1:46118/a";
  expect(createCleaner(plan, proxied, [])(words)).toBe(
    "Pushed registry.test:5000/acme/shop@sha256:0, and not 127.0.0.1:46118/a",
  );
  expect(createCleaner({ ...plan, isTrusted: false }, proxied, [])(words)).toBe(words);
});
