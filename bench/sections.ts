import type { Section } from "./bench.ts";
import type { SectionName } from "./options.ts";
import { measureLongBuild, measurePush } from "./push/measure-push.ts";
import { measureWebhooks } from "./webhooks/measure-webhooks.ts";

export const SECTIONS: Partial<Record<SectionName, Section>> = {
  push: measurePush,
  "long-build": measureLongBuild,
  webhooks: measureWebhooks,
};
