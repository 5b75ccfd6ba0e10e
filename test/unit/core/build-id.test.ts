import { describe, expect, it } from "vitest";
import { BuildId, buildIdOf } from "../../../src/core/build-id.ts";
import { CommitSha } from "../../../src/core/commit-sha.ts";
import type { Repository } from "../../../src/core/repository.ts";

const repository: Repository = {
  forge: "github",
  host: "github.com",
  owner: "acme",
  name: "shop",
  url: "https://github.com/acme/shop",
  access: "1",
};
const commit = CommitSha.parse("a".repeat(40));
const base = { repository, commit, imagePath: "acme/shop" };

describe("core/build-id", () => {
  it("is the same for the same build, whatever delivery asks for it", () => {
    const again = {
      ...base,
      repository: { ...repository, access: "2", owner: "ACME", url: "https://github.com/ACME/shop" },
    };
    expect(buildIdOf(again)).toBe(buildIdOf(base));
    expect(BuildId.safeParse(buildIdOf(base)).success).toBe(true);
  });

  it.each([
    ["commit", { ...base, commit: CommitSha.parse("b".repeat(40)) }],
    ["Git tag", { ...base, gitTag: "v1" }],
    ["image", { ...base, imagePath: "acme/shop/api" }],
    ["occasion", { ...base, occasion: "delivery-2" }],
    ["repository", { ...base, repository: { ...repository, name: "shop2" } }],
    ["owner", { ...base, repository: { ...repository, owner: "acme2" } }],
    ["host", { ...base, repository: { ...repository, host: "ghe.example.com" } }],
    ["forge", { ...base, repository: { ...repository, forge: "gitea" as const } }],
  ])("differs for another %s", (_, identity) => {
    expect(buildIdOf(identity)).not.toBe(buildIdOf(base));
  });
});
