import type { Account } from "../state/accounts.ts";
import type { Installation } from "../state/installations.ts";
import type { World } from "../state/world.ts";

/** Installs the app on all repositories of an account, with the permissions that it asks for. */
export function install(account: Account, world: World): Installation {
  const installation: Installation = {
    id: world.ids.next(),
    account,
    permissions: world.app.permissions,
    createdAt: world.clock.now(),
    excludedRepositories: new Set(),
    suspendedAt: null,
  };
  world.installations.add(installation);
  return installation;
}
