import { ApiError } from "../http/api-error.ts";
import type { Installation } from "../state/installations.ts";
import type { Repository } from "../state/repositories.ts";
import { appView } from "../views/app.ts";
import { installationView } from "../views/installation.ts";
import { repositoryView } from "../views/repository.ts";
import { paginate } from "./paginate.ts";
import type { ApiCall, Routes } from "./route.ts";

/** https://docs.github.com/rest/apps/apps and https://docs.github.com/rest/apps/installations */
export const appRoutes: Routes = {
  "apps/get-authenticated": {
    for: "app",
    answer({ world }) {
      const installations_count = world.installations.all().length;
      return { status: 200, body: { ...appView(world), installations_count } };
    },
  },
  "apps/list-installations": {
    for: "app",
    answer(call) {
      const { world } = call;
      const { page, headers } = paginate(
        call,
        world.urls.api("/app/installations"),
        world.installations.all(),
      );
      return { status: 200, headers, body: page.map((one) => installationView(one, world)) };
    },
  },
  "apps/get-installation": {
    for: "app",
    answer: (call) => ({ status: 200, body: installationView(requireInstallation(call), call.world) }),
  },
  "apps/get-repo-installation": {
    for: "app",
    answer({ world, path }) {
      const repository = world.repositories.find(String(path.owner), String(path.repo));
      const installation = repository && world.installations.reaching(repository);
      if (!installation) throw new ApiError(404, "Not Found");
      return { status: 200, body: installationView(installation, world) };
    },
  },
  "apps/list-repos-accessible-to-installation": {
    for: "installation",
    answer(call) {
      const { world, caller } = call;
      if (caller.kind !== "installation") throw new ApiError(401, "Bad credentials");
      const reached = caller.token.repositories ?? reachedBy(call, caller.token.installation);
      const { page, headers } = paginate(call, world.urls.api("/installation/repositories"), reached);
      const repositories = page.map((one) => repositoryView(one, world));
      return { status: 200, headers, body: { total_count: reached.length, repositories } };
    },
  },
};

/** The installation that the path names. */
export function requireInstallation({ world, path }: ApiCall): Installation {
  const installation = world.installations.find(Number(path.installation_id));
  if (!installation) throw new ApiError(404, "Not Found");
  return installation;
}

/** The repositories that an installation reaches. */
export function reachedBy({ world }: ApiCall, installation: Installation): Repository[] {
  const owned = world.repositories.ownedBy(installation.account);
  return owned.filter((repository) => world.installations.reaching(repository));
}
