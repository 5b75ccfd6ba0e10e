import { randomBytes } from "node:crypto";
import type { BuildPlan } from "../../src/builders/builder.ts";
import type { BuildId } from "../../src/core/build-id.ts";
import type { CommitSha } from "../../src/core/commit-sha.ts";

/** A plan of a build of its own: trusted, of all its context, that pushes nowhere. */
export function buildPlan(changes: Partial<BuildPlan> = {}): BuildPlan {
  return {
    buildId: randomBytes(12).toString("hex") as BuildId,
    tryNumber: 1,
    repository: "acme/shop",
    commit: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d" as CommitSha,
    dockerfile: "Dockerfile",
    contextFolder: "",
    destinations: [],
    imageLabels: {},
    args: {},
    secretArgs: {},
    deadlineSeconds: 600,
    readable: [],
    isTrusted: true,
    ...changes,
  };
}
