import { describe, expect, it } from "vitest";
import { findUses, parseImageName } from "../../../../src/core/clean-up/image-use.ts";
import { digest, shelved } from "./shelf.ts";

const D = digest(1);

it.each([
  ["acme/shop", { digests: [], path: "acme/shop", tag: "latest" }],
  ["shop:v1", { digests: [], path: "shop", tag: "v1" }],
  ["localhost:5000/acme/shop:v1", { digests: [], path: "acme/shop", tag: "v1" }],
  ["localhost/acme/shop", { digests: [], path: "acme/shop", tag: "latest" }],
  [`registry.example.com/team/acme/shop:v1@${D}`, { digests: [D], path: "team/acme/shop" }],
  [`docker-pullable://registry:5000/acme/shop@${D}`, { digests: [D], path: "acme/shop" }],
  [D, { digests: [D] }],
  [`containerd://${D}`, { digests: [D] }],
  ["", { digests: [] }],
])("%s names %j", (reference, name) => {
  expect(parseImageName(reference)).toEqual(name);
});

describe("an image is used", () => {
  const images = [shelved(1, ["v1", "latest"]), shelved(2, ["v2"], { config: digest(9) })];
  const used = (...references: string[]) => [
    ...findUses("acme/shop", images, [{ by: "pod a/b", references }]).keys(),
  ];

  it("by its digest, wherever that is said to be from", () => {
    expect(used(`localhost:5000/acme/shop@${digest(2)}`)).toEqual([digest(2)]);
    expect(used(`elsewhere/other@${digest(1)}`)).toEqual([digest(1)]);
  });

  it("by its configuration's digest, by which runtimes name what they know from no registry", () => {
    expect(used(digest(9))).toEqual([digest(2)]);
  });

  it("by a tag of its path, on whatever host and below whatever prefix", () => {
    expect(used("registry.example.com/team/acme/shop:v1")).toEqual([digest(1)]);
    expect(used("acme/shop")).toEqual([digest(1)]);
    expect(
      used("localhost:5000/acme/shop-2:v1", "localhost:5000/xacme/shop:v2", "localhost:5000/acme/shop:v3"),
    ).toEqual([]);
  });

  it("by all who do, each named once", () => {
    const uses = ["pod a/b", "Deployment a/b", "pod a/b"].map((by) => ({ by, references: ["acme/shop:v1"] }));
    expect(findUses("acme/shop", images, uses).get(digest(1))).toEqual(["`pod a/b`", "`Deployment a/b`"]);
  });
});
