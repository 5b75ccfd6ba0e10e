import { type BuildRequest, buildIdOf } from "../../src/core/build.ts";
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
export function buildRequestOf(number: number): BuildRequest {
  const commit = CommitSha.parse(number.toString(16).padStart(40, "0"));
  return {
    id: buildIdOf({ repository, commit, attempt: 1 }),
    repository,
    commit,
    branch: "main",
    attempt: 1,
    dockerfile: "Dockerfile",
    sender: "ada",
    deliveryId: `delivery-${number}`,
    acceptedAt: Date.UTC(2026, 0, 2),
  };
}
