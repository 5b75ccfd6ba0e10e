import { NO_OBJECT } from "../../git/no-object.ts";
import { type GitCommit, readCommit, readCommits } from "../../git/read-commits.ts";
import { isAncestor, listRefs, resolveCommit } from "../../git/read-refs.ts";
import { accountOf } from "../state/accounts.ts";
import type { Payload } from "../state/deliveries.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { userView } from "../views/user.ts";
import { pushRepositoryView } from "./push-repository-view.ts";
import { webhookContext } from "./webhook-context.ts";

// https://docs.github.com/webhooks/webhook-events-and-payloads#push
const MOST_COMMITS = 2048;

/** How a ref was moved; the SHAs are those of the objects that the ref named, so an annotated tag's own SHA. */
export type RefUpdate = { ref: string; before: string; after: string; sender: string };

/**
 * The payload of GitHub's `push` event for a ref update that has taken place in the repository.
 * For an annotated tag `after` is the tag object and `head_commit` the commit:
 * https://github.blog/changelog/2021-10-01-the-push-webhook-payload-provides-a-consistent-head_commit-on-tag-creation/
 */
export async function pushPayload(update: RefUpdate, repository: Repository, world: World): Promise<Payload> {
  const { gitDirectory } = repository;
  const { ref, before, after } = update;
  const isCreated = before === NO_OBJECT;
  const isDeleted = after === NO_OBJECT;
  const head = isDeleted ? undefined : await resolveCommit(gitDirectory, after);
  const isForced = !isCreated && !isDeleted && !(await isAncestor(gitDirectory, before, after));
  const commits = head && ref.startsWith("refs/heads/") ? await pushedCommits(update, gitDirectory) : [];
  const view = (commit: GitCommit) => commitView(commit, repository, update.sender, world);
  const { repository: _, ...rest } = webhookContext(repository, accountOf(update.sender), world);
  return {
    ref,
    before,
    after,
    repository: pushRepositoryView(repository, world),
    pusher: { name: update.sender, email: emailOf(update.sender) },
    ...rest,
    created: isCreated,
    deleted: isDeleted,
    forced: isForced,
    base_ref: head && isCreated ? await baseRef(gitDirectory, ref, head) : null,
    compare: world.urls.page(`/${repository.fullName}/compare/${comparison(update)}`),
    commits: commits.slice(-MOST_COMMITS).map(view),
    head_commit: head ? view(await readCommit(gitDirectory, head)) : null,
  };
}

async function pushedCommits({ ref, before, after }: RefUpdate, gitDirectory: string): Promise<GitCommit[]> {
  if (before !== NO_OBJECT) return readCommits(gitDirectory, [after, `^${before}`]);
  const others = (await listRefs(gitDirectory, "refs/heads/")).filter((other) => other.ref !== ref);
  return readCommits(gitDirectory, [after, ...others.map(({ sha }) => `^${sha}`)]);
}

/** The branch that a new ref started from, if its head is the same commit. */
async function baseRef(gitDirectory: string, ref: string, head: string): Promise<string | null> {
  const branches = await listRefs(gitDirectory, "refs/heads/");
  return branches.find((branch) => branch.ref !== ref && branch.sha === head)?.ref ?? null;
}

function comparison({ ref, before, after }: RefUpdate): string {
  if (before === NO_OBJECT) return ref.replace(/^refs\/(heads|tags)\//, "");
  return `${before.slice(0, 12)}...${after.slice(0, 12)}`;
}

function commitView(commit: GitCommit, repository: Repository, sender: string, world: World) {
  const { login } = userView(accountOf(sender), world);
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: world.urls.page(`/${repository.fullName}/commit/${commit.sha}`),
    author: { name: commit.author.name, email: commit.author.email, username: login },
    committer: { name: commit.committer.name, email: commit.committer.email, username: login },
    added: commit.added,
    removed: commit.removed,
    modified: commit.modified,
  };
}

function emailOf(login: string): string {
  return `${accountOf(login).id}+${login}@users.noreply.github.com`;
}
