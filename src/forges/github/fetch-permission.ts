import { Permission } from "../../core/permission.ts";
import type { Repository } from "../../core/repository.ts";
import { formatRepository } from "../../core/repository.ts";
import type { GitHubClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

/** The word that GitHub's older `permission` has for each role. */
const BASE: Record<Permission, string> = {
  none: "none",
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

/**
 * The highest right from all sources (repository, teams, organization, enterprise):
 * https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export async function fetchGitHubPermission(
  client: GitHubClient,
  repository: Repository,
  login: string,
): Promise<Permission> {
  const doing = `asking what ${login} may do in ${formatRepository(repository)}`;
  return client.ask({ repository, permissions: TOKEN_PERMISSIONS.builds, doing }, async (octokit) => {
    try {
      const { data } = await octokit.rest.repos.getCollaboratorPermissionLevel({
        ...placeOf(repository),
        username: login,
      });
      return parseGitHubPermission(data?.permission, data?.role_name);
    } catch (error) {
      // There is no such account.
      if (isAnswer(error, 404)) return "none";
      throw error;
    }
  });
}

/**
 * `role_name` tells maintain and triage apart from write and read. It may also be the name of an organization's own
 * role, whatever that is: then its base counts.
 */
export function parseGitHubPermission(permission: string, roleName: string): Permission {
  const role = Permission.safeParse(roleName);
  if (role.success && BASE[role.data] === permission) return role.data;
  return Permission.safeParse(permission).data ?? "none";
}
