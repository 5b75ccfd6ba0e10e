import { z } from "zod";
import { CommitSha } from "../../core/commit-sha.ts";
import type { PullRequest } from "../../core/forge-event.ts";
import { formatRepository, type Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";
import { isFork, MergeRequestPayload, parseMergeRequest } from "./pull-request.ts";

const Shown = MergeRequestPayload.extend({ state: z.string(), sha: CommitSha });

/** https://docs.gitlab.com/api/merge_requests/#retrieve-a-merge-request, and what it leaves to be asked for. */
export async function fetchGitLabPullRequest(
  client: GitLabClient,
  repository: Repository,
  number: number,
): Promise<PullRequest & { isOpen: boolean }> {
  const doing = `fetching the merge request ${formatPlace(repository, number)}`;
  return client.ask(doing, async (api) => {
    const shown = Shown.parse(await api.mergeRequests.show(repository.access, number));
    const [headRepository, baseCommit] = await Promise.all([
      isFork(shown) ? fetchPath(api, shown.source_project_id) : formatRepository(repository),
      fetchHead(api, repository, shown.target_branch),
    ]);
    return {
      ...parseMergeRequest(shown, shown.sha, headRepository),
      ...(baseCommit === undefined ? {} : { baseCommit }),
      isOpen: shown.state === "opened",
    };
  });
}

/** Undefined when it is gone, or hidden from the bot. */
async function fetchPath(
  { projects }: GitLabApi,
  id: number | null | undefined,
): Promise<string | undefined> {
  if (id === null || id === undefined) return undefined;
  return unlessGone(async () => (await projects.show(id)).path_with_namespace);
}

/** The branch as it is now: what GitLab tells with the merge request is its head when somebody last pushed to that. */
async function fetchHead(
  { branches }: GitLabApi,
  { access }: Repository,
  branch: string,
): Promise<CommitSha | undefined> {
  return unlessGone(async () => CommitSha.parse((await branches.show(access, branch)).commit.id));
}

async function unlessGone<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await find();
  } catch (error) {
    if (isAnswer(error, 403, 404)) return undefined;
    throw error;
  }
}
