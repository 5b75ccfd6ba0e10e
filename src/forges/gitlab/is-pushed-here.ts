import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";

/**
 * https://docs.gitlab.com/api/commits/#list-all-refs-a-commit-is-pushed-to: the project's own branches. GitLab keeps a
 * fork's commits in it too, under the refs of merge requests, which are none of these.
 */
export async function isPushedToGitLab(
  client: GitLabClient,
  repository: Repository,
  commit: CommitSha,
): Promise<boolean> {
  const doing = `asking which branches have ${formatPlace(repository, commit)}`;
  return client.ask(doing, async ({ commits }) => {
    try {
      const page = { type: "branch", perPage: 1, page: 1 } as const;
      const branches = await commits.allReferences(repository.access, commit, page);
      return branches.some(({ type }) => type === "branch");
    } catch (error) {
      if (isAnswer(error, 404)) return false;
      throw error;
    }
  });
}
