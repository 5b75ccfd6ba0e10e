import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatImagePath,
  isCachePath,
  RegistryPlace,
  splitPlace,
} from "../../../src/core/image-reference.ts";

// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const SPEC_NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const forgeName = fc.stringMatching(/^[A-Za-z0-9._-]{1,60}$/);
/** Few characters, so that names are often nearly the same. */
const nearName = fc.stringMatching(/^[a.-][aA._-]{0,4}$/);
const owner = (name: fc.Arbitrary<string>) =>
  fc.array(name, { minLength: 1, maxLength: 4 }).map((groups) => groups.join("/"));

describe("core/image-reference", () => {
  it.each([
    ["acme", "shop", "acme/shop"],
    ["Acme", "Shop.API", "acme/shop.api"],
    ["acme", "a__b", "acme/a__b"],
    ["a--b", "c", "a--b/c"],
    ["Acme/Platform/Web", "Shop", "acme/platform/web/shop"],
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

  it("gives repositories of nested groups paths of their own", () => {
    const repository = fc.record({ owner: owner(nearName), name: nearName });
    fc.assert(
      fc.property(repository, repository, (one, other) => {
        const fullPath = (of: typeof one) => `${of.owner}/${of.name}`.toLowerCase();
        expect(formatImagePath(one) === formatImagePath(other)).toBe(fullPath(one) === fullPath(other));
      }),
    );
  });

  it("gives nobody the path of a repository whose name had to be changed", () => {
    fc.assert(
      fc.property(owner(forgeName), forgeName, (groups, name) => {
        const path = formatImagePath({ owner: groups, name });
        const split = path.lastIndexOf("/");
        const namesake = { owner: path.slice(0, split), name: path.slice(split + 1) };
        fc.pre(`${groups}/${name}`.toLowerCase() !== path);
        expect(formatImagePath(namesake)).not.toBe(path);
      }),
    );
  });

  it.each([
    ["acme", "Pushwright-Cache"],
    ["acme/pushwright-cache", "shop"],
    ["pushwright-cache", "shop"],
  ])("gives %s/%s no path that is a layer cache's", (group, name) => {
    const path = formatImagePath({ owner: group, name });
    expect(isCachePath(path)).toBe(false);
    expect(path).toMatch(/pushwright-cache-[0-9a-f]{16}/);
  });

  it("makes every forge name a path that the distribution specification allows", () => {
    fc.assert(
      fc.property(owner(forgeName), forgeName, (groups, name) => {
        expect(formatImagePath({ owner: groups, name })).toMatch(SPEC_NAME);
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
