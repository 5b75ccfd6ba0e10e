import type { FileDifference } from "../git/read-changes.ts";
import type { GitCommit } from "../git/read-commits.ts";
import { accountOf } from "../state/accounts.ts";
import { nodeId } from "../state/ids.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { userView } from "./user.ts";

/** A commit as `GET /repos/{owner}/{repo}/commits/{ref}` shows it; without patches. */
export function commitView(
  commit: GitCommit,
  changes: FileDifference[],
  repository: Repository,
  world: World,
) {
  const api = world.urls.api(`/repos/${repository.fullName}`);
  const page = world.urls.page(`/${repository.fullName}`);
  const url = `${api}/commits/${commit.sha}`;
  return {
    sha: commit.sha,
    node_id: nodeId("Commit", repository.id),
    url,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${api}/git/commits/${commit.sha}`,
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${api}/git/trees/${commit.tree}` },
      comment_count: 0,
      verification: {
        verified: false,
        reason: "unsigned",
        signature: null,
        payload: null,
        verified_at: null,
      },
    },
    author: userView(accountOf("mona"), world),
    committer: userView(accountOf("mona"), world),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${api}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    stats: totals(changes),
    files: changes.map(({ path, ...change }) => ({
      filename: path,
      ...change,
      changes: change.additions + change.deletions,
      blob_url: `${page}/blob/${commit.sha}/${path}`,
      raw_url: `${page}/raw/${commit.sha}/${path}`,
      contents_url: `${api}/contents/${path}?ref=${commit.sha}`,
    })),
  };
}

function totals(changes: FileDifference[]) {
  const additions = changes.reduce((sum, change) => sum + change.additions, 0);
  const deletions = changes.reduce((sum, change) => sum + change.deletions, 0);
  return { additions, deletions, total: additions + deletions };
}
