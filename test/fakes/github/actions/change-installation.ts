import type { Delivery } from "../state/deliveries.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { deliver } from "../webhooks/deliver.ts";
import { installationPayload } from "../webhooks/installation-payload.ts";
import { install } from "./install.ts";

export type InstallationChange = "created" | "deleted" | "suspend" | "unsuspend";

/** Changes whether the app is installed on a repository's owner, ends its tokens if it is not, and tells the bot. */
export async function changeInstallation(
  change: InstallationChange,
  { owner }: Repository,
  world: World,
): Promise<Delivery | undefined> {
  const installation = change === "created" ? install(owner, world) : world.installations.ofAccount(owner);
  if (!installation) throw new Error(`the app is not installed on ${owner.login}`);
  if (change === "suspend") installation.suspendedAt = world.clock.now();
  if (change === "unsuspend") installation.suspendedAt = null;
  const payload = installationPayload(change, installation, world);
  if (change === "deleted") {
    world.installations.remove(installation);
    world.tokens.revokeAllOf(installation);
  }
  const { url: to, secret } = world.webhook;
  return to ? deliver({ event: "installation", payload, to, secret }, world) : undefined;
}
