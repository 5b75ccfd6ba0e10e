import type { BuildRequest } from "../../src/core/build.ts";
import { buildIdOf } from "../../src/core/build-id.ts";
import { CommitSha } from "../../src/core/commit-sha.ts";
import type { Repository } from "../../src/core/repository.ts";

const repository: Repository = {
  forge: "github",
  host: "github.com",
  owner: "acme",
  name: "shop",
  url: "https://github.com/acme/shop",
  access: "1",
};

/** A request for the build of one commit: another one for each number. */
export function buildRequestOf(number: number, changes: Partial<BuildRequest> = {}): BuildRequest {
  const commit = CommitSha.parse(number.toString(16).padStart(40, "0"));
  const asked = { repository, commit, ...changes };
  return {
    id: buildIdOf({ ...asked, imagePath: changes.image?.path ?? "acme/shop" }),
    ...asked,
    branch: "main",
    trigger: {
      kind: "push",
      by: "ada",
      deliveryId: `delivery-${number}`,
      rule: "branch `main` matches `**`",
    },
    attempt: 1,
    checkName: "pushwright",
    image: {
      path: "acme/shop",
      context: "",
      dockerfile: { path: "Dockerfile" },
      args: [],
      labels: {},
      tags: [],
      deadlineSeconds: 3600,
    },
    isTrusted: true,
    noCache: false,
    mayBeSuperseded: false,
    acceptedAt: Date.UTC(2026, 0, 2),
    pushedAt: Date.UTC(2026, 0, 2),
    ...changes,
  };
}
