import type { FileDifference } from "../../git/read-changes.ts";
import type { GitCommit } from "../../git/read-commits.ts";
import { accountOf } from "../state/accounts.ts";
import { nodeId } from "../state/ids.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { fileDifferenceView } from "./file-difference.ts";
import { userView } from "./user.ts";

const UNSIGNED = { verified: false, reason: "unsigned", signature: null, payload: null, verified_at: null };

/** A commit as `GET /repos/{owner}/{repo}/commits/{ref}` shows it; without patches. */
export function commitView(
  commit: GitCommit,
  changes: FileDifference[],
  repository: Repository,
  world: World,
) {
  const { sha, parents, author, committer, message, tree } = gitCommitView(commit, repository, world);
  const api = world.urls.api(`/repos/${repository.fullName}`);
  const page = world.urls.page(`/${repository.fullName}`);
  const url = `${api}/commits/${sha}`;
  return {
    sha,
    node_id: nodeId("Commit", repository.id),
    url,
    html_url: `${page}/commit/${sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      ...{ author, committer, message, tree },
      comment_count: world.commitComments.ofCommit(repository, sha).length,
      verification: UNSIGNED,
    },
    author: userView(accountOf("mona"), world),
    committer: userView(accountOf("mona"), world),
    parents: parents.map((parent) => ({ ...parent, url: `${api}/commits/${parent.sha}` })),
    stats: totals(changes),
    files: changes.map((change) => fileDifferenceView(change, sha, repository, world)),
  };
}

/** A commit as `GET /repos/{owner}/{repo}/git/commits/{commit_sha}` shows it: the object alone. */
export function gitCommitView(commit: GitCommit, repository: Repository, world: World) {
  const api = world.urls.api(`/repos/${repository.fullName}/git`);
  const page = world.urls.page(`/${repository.fullName}/commit`);
  const { sha, author, committer, message } = commit;
  return {
    sha,
    node_id: nodeId("Commit", repository.id),
    url: `${api}/commits/${sha}`,
    html_url: `${page}/${sha}`,
    ...{ author, committer, message },
    tree: { sha: commit.tree, url: `${api}/trees/${commit.tree}` },
    parents: commit.parents.map((parent) => ({
      sha: parent,
      url: `${api}/commits/${parent}`,
      html_url: `${page}/${parent}`,
    })),
    verification: UNSIGNED,
  };
}

function totals(changes: FileDifference[]) {
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}
