import { formatRepository, type Repository } from "../../core/repository.ts";
import type { GiteaClient } from "./client.ts";
import { findHookFaults, Hook } from "./hook-faults.ts";
import { placeOf } from "./place.ts";

/**
 * What is wrong with the repository's own webhooks to the bot at `url`; undefined when it has none: those of the organization
 * and of the whole server are seen by their administrators alone.
 */
export async function fetchGiteaHookFaults(
  client: GiteaClient,
  repository: Repository,
  url: string,
): Promise<string[] | undefined> {
  const doing = `looking at the webhooks of ${formatRepository(repository)}`;
  return client.ask(doing, async (api) => {
    const own: Hook[] = [];
    const path = [...placeOf(repository), "hooks"];
    for await (const page of api.fetchPages({ path }, Hook, { isCounted: true }))
      own.push(...page.filter(({ config }) => config.url === url));
    if (own.length === 0) return undefined;
    return own.flatMap((hook) => findHookFaults(hook).map((fault) => `Webhook ${hook.id}: ${fault}`));
  });
}
