import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatImagePath, RegistryPlace, splitPlace } from "../../../src/core/image-reference.ts";

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const SPEC_NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const forgeName = fc.stringMatching(/^[A-Za-z0-9._-]{1,60}$/);

describe("core/image-reference", () => {
  it.each([
    ["acme", "shop", "acme/shop"],
    ["Acme", "Shop.API", "acme/shop.api"],
    ["acme", "a__b", "acme/a__b"],
    ["a--b", "c", "a--b/c"],
  ])("keeps %s/%s as %s", (owner, name, path) => {
    expect(formatImagePath({ owner, name })).toBe(path);
  });

  it("gives two repositories two paths, whatever characters they differ in", () => {
    fc.assert(
      fc.property(forgeName, forgeName, (one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase());
        expect(formatImagePath({ owner: "acme", name: one })).not.toBe(
          formatImagePath({ owner: "acme", name: other }),
        );
      }),
    );
    const paths = [".github", "github", "-github", "github_"].map((name) =>
      formatImagePath({ owner: "acme", name }),
    );
    expect(new Set(paths).size).toBe(4);
  });

  it("makes every forge name a path that the distribution specification allows", () => {
    fc.assert(
      fc.property(forgeName, forgeName, (owner, name) => {
        expect(formatImagePath({ owner, name })).toMatch(SPEC_NAME);
      }),
    );
  });

  it.each([
    ["registry.example.com", "registry.example.com", ""],
    ["localhost:5000", "localhost:5000", ""],
    ["r.example.com:5000/team/a", "r.example.com:5000", "team/a"],
  ])("splits %s", (place, host, prefix) => {
    expect(splitPlace(RegistryPlace.parse(place))).toEqual({ host, prefix });
  });

  it.each(["https://r.example.com", "r.example.com/", "r.example.com/Team", "r:port", "", "a b"])(
    "refuses %s",
    (place) => {
      expect(RegistryPlace.safeParse(place).success).toBe(false);
    },
  );
});
