import type { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitLabClient } from "./client.ts";

/** https://docs.gitlab.com/api/commits/#retrieve-a-commit: without counting its lines. */
export async function fetchGitLabMessage(
  client: GitLabClient,
  repository: Repository,
  commit: CommitSha,
): Promise<string> {
  const doing = `fetching the message of ${formatPlace(repository, commit)}`;
  return client.ask(doing, async ({ commits }) => {
    const { message } = await commits.show(repository.access, commit, { stats: false });
    if (typeof message !== "string") throw new Error("GitLab's answer holds no message");
    return message;
  });
}
