import { ApiError } from "../http/api-error.ts";
import { formatTime } from "../state/clock.ts";
import type { Installation } from "../state/installations.ts";
import { allows, type Permissions } from "../state/permissions.ts";
import type { Repository } from "../state/repositories.ts";
import { installationView } from "../views/installation.ts";
import { repositoryView } from "../views/repository.ts";
import { reachedBy, requireInstallation } from "./apps.ts";
import type { ApiCall, Routes } from "./route.ts";

type TokenBody = { repositories?: string[]; repository_ids?: number[]; permissions?: Permissions };

/** https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app */
export const accessTokenRoutes: Routes = {
  "apps/create-installation-access-token": {
    for: "app",
    answer(call) {
      const { world } = call;
      const body = call.body as TokenBody;
      const installation = requireInstallation(call);
      if (installation.suspendedAt) throw new ApiError(403, "This installation has been suspended");
      const repositories = narrowRepositories(call, installation, body);
      const permissions = narrowPermissions(installation, body.permissions);
      const issued = world.tokens.issue({ installation, permissions, repositories }, world.clock.now());
      return {
        status: 201,
        body: {
          token: issued.token,
          expires_at: formatTime(issued.expiresAt),
          permissions,
          repository_selection: repositories
            ? "selected"
            : installationView(installation, world).repository_selection,
          ...(repositories && { repositories: repositories.map((one) => repositoryView(one, world)) }),
        },
      };
    },
  },
  "apps/revoke-installation-access-token": {
    for: "installation",
    answer({ world, caller }) {
      if (caller.kind === "installation") world.tokens.revoke(caller.token.token);
      return { status: 204 };
    },
  },
};

function narrowRepositories(
  call: ApiCall,
  installation: Installation,
  body: TokenBody,
): Repository[] | undefined {
  const { repositories: names, repository_ids: ids } = body;
  if (!names && !ids) return undefined;
  const reached = reachedBy(call, installation);
  const named =
    names?.map((name) => reached.find((one) => one.name.toLowerCase() === name.toLowerCase())) ?? [];
  const numbered = ids?.map((id) => reached.find((one) => one.id === id)) ?? [];
  const wanted = [...named, ...numbered].filter((one) => one !== undefined);
  if (wanted.length === named.length + numbered.length && wanted.length > 0) return wanted;
  throw new ApiError(
    422,
    "There is at least one repository that does not exist or is not accessible to the parent installation.",
  );
}

function narrowPermissions(installation: Installation, wanted?: Permissions): Permissions {
  if (!wanted) return installation.permissions;
  const isGranted = Object.entries(wanted).every(([name, level]) =>
    allows(installation.permissions, name, level),
  );
  if (!isGranted) throw new ApiError(422, "The permissions requested are not granted to this installation.");
  // https://docs.github.com/rest/authentication/permissions-required-for-github-apps: metadata always comes along.
  return { metadata: "read", ...wanted };
}
