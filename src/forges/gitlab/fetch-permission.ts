import type { Permission } from "../../core/permission.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";

/**
 * The highest right from all sources: the project, its groups, groups that were invited to one of them.
 * https://docs.gitlab.com/api/project_members/#retrieve-a-member-of-a-project-including-inherited-and-invited-members
 */
export async function fetchGitLabPermission(
  client: GitLabClient,
  repository: Repository,
  login: string,
): Promise<Permission> {
  const doing = `asking what ${login} may do in ${formatRepository(repository)}`;
  return client.ask(doing, async ({ users, members }) => {
    const found = await users.all({ username: login, page: 1 });
    const user = found.find(({ username }) => username.toLowerCase() === login.toLowerCase());
    if (!user) return "none";
    try {
      const member = await members.show(repository.access, user.id, { includeInherited: true });
      return member.state === "active" ? parseAccessLevel(member.access_level) : "none";
    } catch (error) {
      // The account is no member.
      if (isAnswer(error, 404)) return "none";
      throw error;
    }
  });
}

/** https://docs.gitlab.com/api/access_requests/#valid-access-levels: levels in between come with new versions of GitLab. */
export function parseAccessLevel(level: number): Permission {
  if (level >= 50) return "admin";
  if (level >= 40) return "maintain";
  if (level >= 30) return "write";
  return level >= 10 ? "read" : "none";
}
