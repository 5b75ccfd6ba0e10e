import type { Account } from "../state/accounts.ts";
import { nodeId } from "../state/ids.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { repositoryView } from "../views/repository.ts";
import { userView } from "../views/user.ts";

/** What the payload of every event about a repository carries: where, who, and to which installation it is sent. */
export function webhookContext(repository: Repository, sender: Account, world: World) {
  const installation = world.installations.reaching(repository);
  const { login, id, node_id, url, avatar_url } = userView(repository.owner, world);
  const organization = {
    ...{ login, id, node_id, avatar_url, description: "" },
    url: url.replace("/users/", "/orgs/"),
    repos_url: world.urls.api(`/orgs/${login}/repos`),
    events_url: world.urls.api(`/orgs/${login}/events`),
    hooks_url: world.urls.api(`/orgs/${login}/hooks`),
    issues_url: world.urls.api(`/orgs/${login}/issues`),
    members_url: world.urls.api(`/orgs/${login}/members{/member}`),
    public_members_url: world.urls.api(`/orgs/${login}/public_members{/member}`),
  };
  return {
    repository: repositoryView(repository, world),
    ...(repository.owner.type === "Organization" && { organization }),
    sender: userView(sender, world),
    ...(installation && {
      installation: { id: installation.id, node_id: nodeId("IntegrationInstallation", installation.id) },
    }),
  };
}
