import { accountOf } from "../state/accounts.ts";
import type { Payload } from "../state/deliveries.ts";
import { nodeId } from "../state/ids.ts";
import type { Installation } from "../state/installations.ts";
import type { World } from "../state/world.ts";
import { installationView } from "../views/installation.ts";
import { userView } from "../views/user.ts";

/** https://docs.github.com/webhooks/webhook-events-and-payloads#installation */
export function installationPayload(
  action: "created" | "deleted" | "suspend" | "unsuspend",
  installation: Installation,
  world: World,
): Payload {
  const repositories = world.repositories.ownedBy(installation.account).map((repository) => ({
    id: repository.id,
    node_id: nodeId("Repository", repository.id),
    name: repository.name,
    full_name: repository.fullName,
    private: repository.isPrivate,
  }));
  return {
    action,
    installation: installationView(installation, world),
    repositories,
    ...(action === "created" && { requester: null }),
    sender: userView(accountOf("mona"), world),
  };
}
