import { readRef } from "../../git/read-refs.ts";
import { copyRefs } from "../../git/write-refs.ts";
import { accountOf } from "../state/accounts.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";

export type NewPullRequest = {
  /** The branch to merge. */
  head: string;
  /** The fork that the branch is in; the repository itself when it is not given. */
  headRepository?: Repository;
  base?: string;
  title?: string;
  body?: string;
  sender?: string;
  isDraft?: boolean;
};

/** Opens a pull request. Its commits can then be reached from the base repository too, as `refs/pull/<n>/head`. */
export async function openPullRequest(
  request: NewPullRequest,
  repository: Repository,
  world: World,
): Promise<PullRequest> {
  const { head, headRepository = repository, base = repository.defaultBranch, sender = "mona" } = request;
  const headSha = await branchHead(headRepository, head);
  const pull = {
    id: world.ids.next(),
    baseRef: base,
    baseSha: await branchHead(repository, base),
    headRepository,
    headRef: head,
    headSha,
    isDraft: request.isDraft ?? false,
  };
  const opened: PullRequest = {
    id: world.ids.next(),
    number: world.issues.of(repository).length + 1,
    repository,
    title: request.title ?? `Merge ${head}`,
    body: request.body ?? null,
    author: accountOf(sender),
    state: "open",
    createdAt: world.clock.now(),
    closedAt: null,
    pull,
  };
  await copyHead(opened);
  world.issues.add(opened);
  return opened;
}

/** Goes on with another base branch. */
export async function changeBase(request: PullRequest, base: string): Promise<void> {
  request.pull.baseSha = await branchHead(request.repository, base);
  request.pull.baseRef = base;
}

/** Takes over where the pull request's branch has moved to. */
export async function synchronizePullRequest(request: PullRequest, headSha: string): Promise<void> {
  request.pull.headSha = headSha;
  await copyHead(request);
}

async function copyHead({ repository, number, pull }: PullRequest): Promise<void> {
  const refspec = `refs/heads/${pull.headRef}:refs/pull/${number}/head`;
  await copyRefs(pull.headRepository.gitDirectory, refspec, repository.gitDirectory);
}

async function branchHead(repository: Repository, branch: string): Promise<string> {
  const found = await readRef(repository.gitDirectory, `refs/heads/${branch}`);
  if (!found) throw new Error(`${repository.fullName} has no branch ${branch}`);
  return found.sha;
}
