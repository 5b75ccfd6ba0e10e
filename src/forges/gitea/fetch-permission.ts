import { z } from "zod";
import type { Permission } from "../../core/permission.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { GiteaClient } from "./client.ts";
import { isRefusal } from "./fault.ts";
import { placeOf } from "./place.ts";

/** https://github.com/go-gitea/gitea/blob/v1.24.6/models/perm/access_mode.go */
const PERMISSIONS: Record<string, Permission> = {
  none: "none",
  read: "read",
  write: "write",
  admin: "admin",
  owner: "admin",
};

const Answer = z.object({ permission: z.string() });

/**
 * The highest right from all sources (owner, collaborator, teams). Only an administrator of the repository may ask for
 * somebody else's: https://docs.gitea.com/api/1.24/#tag/repository/operation/repoGetRepoPermissions
 */
export async function fetchGiteaPermission(
  client: GiteaClient,
  repository: Repository,
  login: string,
): Promise<Permission> {
  // No login: it would be another path.
  if (/^\.{0,2}$/.test(login)) return "none";
  const doing = `asking what ${login} may do in ${formatRepository(repository)}`;
  return client.ask(doing, async (api) => {
    try {
      const path = [...placeOf(repository), "collaborators", login, "permission"];
      return parseGiteaPermission((await api.fetchJson({ path }, Answer)).permission);
    } catch (error) {
      // There is no such account.
      if (isRefusal(error, 404)) return "none";
      throw error;
    }
  });
}

export function parseGiteaPermission(permission: string): Permission {
  return (Object.hasOwn(PERMISSIONS, permission) ? PERMISSIONS[permission] : undefined) ?? "none";
}
