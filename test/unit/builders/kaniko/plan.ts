import type { BuildPlan } from "../../../../src/builders/builder.ts";
import { KANIKO_DEFAULTS, type KanikoSettings } from "../../../../src/builders/kaniko/settings.ts";
import type { BuildId } from "../../../../src/core/build.ts";
import type { CommitSha } from "../../../../src/core/commit-sha.ts";

export const plan: BuildPlan = {
  buildId: "0123456789abcdef01234567" as BuildId,
  tryNumber: 2,
  repository: "Acme/.github",
  commit: "1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d" as CommitSha,
  dockerfile: "Dockerfile",
  destinations: ["registry.test:5000/acme/shop:1", "registry.test:5000/acme/shop:2"],
  imageLabels: { "org.example.one": "1" },
};

export const settings: KanikoSettings = {
  ...KANIKO_DEFAULTS,
  namespace: "builds",
  image: "gcr.io/kaniko-project/executor:v1.24.0",
};
