import type { Section } from "./bench.ts";
import { measureCache } from "./cache/measure-cache.ts";
import { measureHistory } from "./history/measure-history.ts";
import { measureMemory } from "./memory/measure-memory.ts";
import type { SectionName } from "./options.ts";
import { measureLongBuild, measurePush } from "./push/measure-push.ts";
import { measureWebhooks } from "./webhooks/measure-webhooks.ts";

export const SECTIONS: Record<SectionName, Section> = {
  push: measurePush,
  "long-build": measureLongBuild,
  cache: measureCache,
  webhooks: measureWebhooks,
  memory: measureMemory,
  history: measureHistory,
};
