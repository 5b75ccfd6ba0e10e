import type { AskedRef, Asking } from "../../../../src/core/asking.ts";
import { CommitSha } from "../../../../src/core/commit-sha.ts";
import type { DecidedBuild, Decision } from "../../../../src/core/decision.ts";
import type { PullRequest } from "../../../../src/core/forge-event.ts";
import { completePolicy } from "../../../../src/core/policy/complete-policy.ts";
import type { Policy } from "../../../../src/core/policy.ts";
import type { ImageConfig, RepoConfig } from "../../../../src/core/repo-config.ts";

export const commit = CommitSha.parse("0123456789abcdef0123456789abcdef01234567");

export function pullRequestOf(changes: Partial<PullRequest> = {}): PullRequest {
  return {
    number: 12,
    commit,
    branch: "feature/x",
    headRepository: "acme/shop",
    isFork: false,
    baseBranch: "main",
    baseCommit: CommitSha.parse("f".repeat(40)),
    ...changes,
  };
}

export const branchRef = (branch: string): AskedRef => ({ kind: "branch", branch });
export const tagRef = (gitTag: string): AskedRef => ({ kind: "tag", gitTag });
export const pullRequestRef = (changes: Partial<PullRequest> = {}): AskedRef => ({
  kind: "pull-request",
  pullRequest: pullRequestOf(changes),
});
export const forkRef = (changes: Partial<PullRequest> = {}): AskedRef =>
  pullRequestRef({ isFork: true, headRepository: "eve/shop", ...changes });

/** Ada's push of a commit to `main` of acme/shop. */
export function askingOf(changes: Partial<Asking> = {}): Asking {
  return {
    repository: {
      forge: "github",
      host: "github.com",
      owner: "acme",
      name: "shop",
      url: "https://github.com/acme/shop",
      access: "1",
    },
    defaultBranch: "main",
    commit,
    ref: branchRef("main"),
    trigger: { kind: "push", by: "ada", deliveryId: "delivery-1" },
    acceptedAt: Date.UTC(2026, 0, 2),
    message: "more shoes",
    changedFiles: "unknown",
    ...changes,
  };
}

/** Bob's wish that the images be built, by a comment. */
export function askedOf(
  changes: Partial<NonNullable<Asking["asked"]>> = {},
): Pick<Asking, "asked" | "trigger"> {
  return {
    asked: { images: "all", noCache: false, occasion: "delivery-9", attempts: {}, ...changes },
    trigger: { kind: "comment", by: "bob", deliveryId: "delivery-9" },
  };
}

export function imageConfigOf(changes: Partial<ImageConfig> = {}): ImageConfig {
  return {
    context: "",
    dockerfile: { path: "Dockerfile" },
    args: [],
    labels: {},
    tags: [],
    paths: { include: [], ignore: [] },
    ...changes,
  };
}

/** What holds of a repository without a configuration: all branches and tags build its one image. */
export function configOf(
  changes: Omit<Partial<RepoConfig>, "triggers"> & { triggers?: Partial<RepoConfig["triggers"]> } = {},
): RepoConfig {
  const { triggers, ...others } = changes;
  return {
    images: [imageConfigOf()],
    skipMarkers: ["[skip ci]", "[ci skip]", "[skip build]"],
    ...others,
    triggers: {
      branches: ["**"],
      tags: ["**"],
      pullRequests: ["**"],
      paths: { include: [], ignore: [] },
      ...triggers,
    },
  };
}

export function policyOf(changes: Partial<Policy> = {}): Policy {
  const completed = completePolicy(
    {},
    {
      concurrency: 10,
      deadline: 3600,
      contextLimit: 2 ** 30,
      cacheTtl: 14 * 24 * 3600,
      cpuRequest: "500m",
      cpuLimit: "1",
      memoryRequest: "512Mi",
      memoryLimit: "2Gi",
      security: "auto",
      imageRoots: [],
    },
  );
  if ("faults" in completed) throw new Error(completed.faults.join("\n"));
  return { ...completed.policy, ...changes };
}

export function buildsOf(decision: Decision): DecidedBuild[] {
  if ("ignored" in decision) throw new Error(`ignored: ${decision.ignored}`);
  return decision.builds;
}

export function onlyBuildOf(decision: Decision): DecidedBuild {
  const [build, ...others] = buildsOf(decision);
  if (build === undefined || others.length > 0) throw new Error(`${others.length + 1} builds, expected one`);
  return build;
}
