import { ApiError } from "../http/api-error.ts";
import type { InstallationToken } from "../state/installation-tokens.ts";
import { allows, type Permissions } from "../state/permissions.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import type { Caller } from "./caller.ts";

/** Lets only the app itself through. */
export function requireApp(caller: Caller): void {
  if (caller.kind === "app") return;
  throw new ApiError(
    401,
    caller.kind === "anonymous" ? "Requires authentication" : "A JSON web token could not be decoded",
  );
}

/** Lets only an installation through, and gives its token. */
export function requireInstallation(caller: Caller): InstallationToken {
  if (caller.kind === "anonymous") throw new ApiError(401, "Requires authentication");
  if (caller.kind === "app") throw new ApiError(401, "Bad credentials");
  if (caller.token.installation.suspendedAt) throw new ApiError(403, "This installation has been suspended");
  return caller.token;
}

/** Gives the repository if the token reaches it: what it does not reach does not exist for it (404). */
export function requireRepository(
  world: World,
  token: InstallationToken,
  owner: string,
  name: string,
): Repository {
  const repository = world.repositories.find(owner, name);
  const isReached = repository && world.installations.reaching(repository)?.id === token.installation.id;
  const isIncluded = !token.repositories || token.repositories.some(({ id }) => id === repository?.id);
  if (!repository || !isReached || !isIncluded) throw new ApiError(404, "Not Found");
  return repository;
}

/** Refuses (403) a token that has none of the permissions of which any one would do. */
export function requireAnyPermission(token: InstallationToken, anyOf: Permissions): void {
  const needs = Object.entries(anyOf);
  if (needs.some(([name, level]) => allows(token.permissions, name, level))) return;
  const accepted = needs.map(([name, level]) => `${name}=${level}`).join("; ");
  throw new ApiError(403, "Resource not accessible by integration", {
    headers: { "x-accepted-github-permissions": accepted },
  });
}
