import type { GitHub } from "../fakes/github/github.ts";

/** What GitHub was asked for since its calls were last reset, but for what the bot asks it by the clock. */
export function operationsOf({ apiCalls }: Pick<GitHub, "apiCalls">): string[] {
  return apiCalls
    .map(({ operationId }) => operationId ?? "unknown")
    .filter((operation) => operation !== "apps/list-webhook-deliveries")
    .toSorted();
}
