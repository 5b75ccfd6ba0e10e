import type { Delivery, Payload } from "../state/deliveries.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { deliver } from "./deliver.ts";

/** What every app that may write checks is told, asked for or not: https://docs.github.com/webhooks/webhook-events-and-payloads#check_run */
const ALWAYS_TOLD = ["check_run", "check_suite"];

/** Sends an event about a repository to the bot, if webhooks go anywhere, and the app is installed there and wants it. */
export async function announce(
  event: string,
  payload: Payload,
  repository: Repository,
  world: World,
): Promise<Delivery | undefined> {
  const { url: to, secret } = world.webhook;
  const installation = world.installations.reaching(repository);
  if (!to || !installation || installation.suspendedAt) return undefined;
  if (!world.app.events.includes(event) && !ALWAYS_TOLD.includes(event)) return undefined;
  return deliver({ event, payload, to, secret }, world);
}
