import type { BuildPlan } from "../builder.ts";
import { createStrikeOut } from "../strike-out.ts";
import { UNPACKED_CONTEXT } from "./arguments.ts";
import { planRegistryAccess, proxiedNames } from "./registry-access.ts";
import type { KanikoSettings } from "./settings.ts";

/**
 * Takes secrets out of what a build says, the folder that its context was moved into on the way, and the addresses by which
 * it knows registries that are proxied.
 */
export function createCleaner(
  plan: BuildPlan,
  settings: KanikoSettings,
  secrets: readonly string[],
): (text: string) => string {
  const strikeOut = createStrikeOut(secrets);
  const moved =
    plan.contextFolder === ""
      ? []
      : [{ said: `${UNPACKED_CONTEXT}/${plan.contextFolder}/`, meant: `${UNPACKED_CONTEXT}/` }];
  const replaced = [...moved, ...proxiedNames(planRegistryAccess(plan, settings))];
  return (text) => strikeOut(replaced.reduce((left, { said, meant }) => left.replaceAll(said, meant), text));
}
