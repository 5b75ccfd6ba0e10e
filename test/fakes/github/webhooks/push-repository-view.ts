import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { repositoryView } from "../views/repository.ts";

/** A repository as only the `push` event shows it: its page as address, times as seconds, an owner with an e-mail. */
export function pushRepositoryView(repository: Repository, world: World) {
  const view = repositoryView(repository, world);
  const isOrganization = repository.owner.type === "Organization";
  return {
    ...view,
    owner: {
      name: view.owner.login,
      email: isOrganization ? null : `${view.owner.id}+${view.owner.login}@users.noreply.github.com`,
      ...view.owner,
    },
    url: view.html_url,
    created_at: Math.floor(repository.createdAt.getTime() / 1000),
    pushed_at: Math.floor(repository.pushedAt.getTime() / 1000),
    stargazers: 0,
    master_branch: repository.defaultBranch,
    ...(isOrganization && { organization: view.owner.login }),
  };
}
