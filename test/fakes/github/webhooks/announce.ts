import type { Delivery, Payload } from "../state/deliveries.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { deliver } from "./deliver.ts";

/** Sends an event about a repository to the bot, if webhooks go anywhere and the app is installed there. */
export async function announce(
  event: string,
  payload: Payload,
  repository: Repository,
  world: World,
): Promise<Delivery | undefined> {
  const { url: to, secret } = world.webhook;
  const installation = world.installations.reaching(repository);
  if (!to || !installation || installation.suspendedAt) return undefined;
  return deliver({ event, payload, to, secret }, world);
}
