import { z } from "zod";
import { CommitSha } from "../../core/commit-sha.ts";
import type { Repository } from "../../core/repository.ts";
import { formatPlace } from "../common/place.ts";
import type { GiteaApi } from "./api.ts";
import type { GiteaClient } from "./client.ts";
import { isHeldBy } from "./commits-beyond.ts";
import { isRefusal } from "./fault.ts";
import { placeOf } from "./place.ts";

/** Branches that are looked at, and those of them, the newest first, whose history is looked into. */
const MAX_BRANCHES = 1000;
const MAX_HISTORIES = 30;

const Branch = z.object({
  name: z.string(),
  commit: z.object({ id: CommitSha, timestamp: z.string().optional() }),
});
type Branch = z.infer<typeof Branch>;

/**
 * Gitea cannot be asked which branches hold a commit, only whether a commit has another in its history. A commit deep in
 * the history of a branch that has not moved for long may be taken for a stranger's.
 */
export async function isPushedToGitea(
  client: GiteaClient,
  repository: Repository,
  commit: CommitSha,
  defaultBranch: string,
): Promise<boolean> {
  return client.ask(`asking whether ${formatPlace(repository, commit)} was pushed there`, async (api) => {
    const branches = await fetchBranches(api, repository);
    if (branches.some(({ commit: { id } }) => id === commit)) return true;
    try {
      for (const head of headsToAsk(branches, defaultBranch))
        if (await isHeldBy(api, repository, commit, head)) return true;
    } catch (error) {
      // There is no such commit.
      if (!isRefusal(error, 404)) throw error;
    }
    return false;
  });
}

/** https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListBranches */
async function fetchBranches(api: GiteaApi, repository: Repository): Promise<Branch[]> {
  const branches: Branch[] = [];
  const path = [...placeOf(repository), "branches"];
  for await (const page of api.fetchPages({ path }, Branch, { isCounted: true })) {
    branches.push(...page);
    if (branches.length >= MAX_BRANCHES) break;
  }
  return branches;
}

function headsToAsk(branches: Branch[], defaultBranch: string): Set<CommitSha> {
  const time = ({ commit: { timestamp } }: Branch) => Date.parse(timestamp ?? "") || 0;
  const rank = (branch: Branch) => (branch.name === defaultBranch ? Number.POSITIVE_INFINITY : time(branch));
  const newestFirst = branches.toSorted((one, other) => (rank(one) < rank(other) ? 1 : -1));
  return new Set(newestFirst.slice(0, MAX_HISTORIES).map(({ commit }) => commit.id));
}
