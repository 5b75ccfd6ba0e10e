import { KANIKO_DEFAULTS, type KanikoSettings } from "../../../../src/builders/kaniko/settings.ts";
import type { BuildId } from "../../../../src/core/build-id.ts";
import { buildPlan } from "../../../contract/build-plan.ts";

export const plan = buildPlan({
  buildId: "0123456789abcdef01234567" as BuildId,
  tryNumber: 2,
  repository: "Acme/.github",
  destinations: ["registry.test:5000/acme/shop:1", "registry.test:5000/acme/shop:2"],
  imageLabels: { "org.example.one": "1" },
});

export const settings: KanikoSettings = {
  ...KANIKO_DEFAULTS,
  namespace: "builds",
  image: "gcr.io/kaniko-project/executor:v1.24.0",
};
