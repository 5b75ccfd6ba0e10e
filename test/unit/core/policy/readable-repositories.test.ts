import { expect, it } from "vitest";
import { RegistryPlace } from "../../../../src/core/image-reference.ts";
import { readableRepositories } from "../../../../src/core/policy/readable-repositories.ts";

const repository = { forge: "github", host: "github.com", owner: "Acme", name: "shop" } as const;
const bases = [
  { repositories: ["acme/*"], paths: ["library/**"] },
  { repositories: ["other/*"], paths: ["secret/**"] },
];

it.each([
  ["r.example.com", [], ["acme/shop", "acme/shop/**", "library/**"]],
  ["r.example.com/team/a", [], ["team/a/acme/shop", "team/a/acme/shop/**", "library/**"]],
  [
    "r.example.com",
    [{ forge: "github", host: "github.com", prefix: "gh" } as const],
    ["gh/acme/shop", "gh/acme/shop/**", "library/**"],
  ],
])(
  "of the registry at %s, a build may read its own repository's images and the policy's bases",
  (place, imageRoots, globs) => {
    const request = { repository } as unknown as Parameters<typeof readableRepositories>[0];
    expect(readableRepositories(request, RegistryPlace.parse(place), { bases, imageRoots })).toEqual(globs);
  },
);
