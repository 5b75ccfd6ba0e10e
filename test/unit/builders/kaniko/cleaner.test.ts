import { expect, it } from "vitest";
import { createCleaner } from "../../../../src/builders/kaniko/cleaner.ts";

it("what a build says is cleaned of secrets and of where its context was moved to", () => {
  const words = "lstat /kaniko/buildcontext/context/dist: no hunter22";
  expect(createCleaner({ contextFolder: "context" }, ["hunter22"])(words)).toBe(
    "lstat /kaniko/buildcontext/dist: no ***",
  );
  expect(createCleaner({ contextFolder: "" }, [])(words)).toBe(words);
});
