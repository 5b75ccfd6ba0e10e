import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CommitSha } from "../../../src/core/commit-sha.ts";
import { formatImagePath, RegistryPlace, splitPlace } from "../../../src/core/image-reference.ts";
import { imageTagsOf } from "../../../src/core/image-tags.ts";

const commit = CommitSha.parse("0123456789abcdef0123456789abcdef01234567");
// https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
const SPEC_NAME = /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/;
const SPEC_TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
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

describe("core/image-tags", () => {
  it.each([
    [undefined, [commit]],
    ["v1.2.3", [commit, "v1.2.3"]],
    ["release/1.0", [commit, "release-1.0"]],
    ["v1.0+build", [commit, "v1.0-build"]],
    [".hidden", [commit, "hidden"]],
    ["f".repeat(40), [commit]],
    ["F".repeat(40), [commit]],
    ["---", [commit]],
  ])("tags a push of the Git tag %s with %j", (gitTag, tags) => {
    expect(imageTagsOf(commit, gitTag)).toEqual(tags);
  });

  it("makes every Git tag an image tag that the distribution specification allows, or none", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), (gitTag) => {
        for (const tag of imageTagsOf(commit, gitTag)) expect(tag).toMatch(SPEC_TAG);
      }),
    );
  });
});
