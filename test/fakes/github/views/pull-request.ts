import { formatTime } from "../state/clock.ts";
import { authorAssociation } from "../state/collaborators.ts";
import { nodeId } from "../state/ids.ts";
import type { PullRequest } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { repositoryView } from "./repository.ts";
import { userView } from "./user.ts";

/** A pull request, as the list of them shows it. */
export function pullRequestSummaryView(request: PullRequest, world: World) {
  const { repository, number, pull } = request;
  return {
    ...addresses(request, world),
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    number,
    state: request.state,
    locked: false,
    title: request.title,
    user: userView(request.author, world),
    body: request.body,
    created_at: formatTime(request.createdAt),
    updated_at: formatTime(request.createdAt),
    closed_at: request.closedAt && formatTime(request.closedAt),
    merged_at: null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    labels: [],
    milestone: null,
    draft: pull.isDraft,
    head: sideView(pull.headRepository, pull.headRef, pull.headSha, world),
    base: sideView(repository, pull.baseRef, pull.baseSha, world),
    author_association: authorAssociation(repository, request.author.login),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request by itself; what would take work to count is not counted. */
export function pullRequestView(request: PullRequest, world: World) {
  return {
    ...pullRequestSummaryView(request, world),
    merged: false,
    mergeable: null,
    rebaseable: null,
    mergeable_state: "unknown",
    merged_by: null,
    comments: 0,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: 1,
  };
}

function sideView(repository: Repository, ref: string, sha: string, world: World) {
  const user = userView(repository.owner, world);
  const repo = repository.isDeleted ? null : repositoryView(repository, world);
  return { label: `${user.login}:${ref}`, ref, sha, user, repo };
}

function addresses({ repository, number, pull }: PullRequest, { urls }: World) {
  const api = urls.api(`/repos/${repository.fullName}`);
  const url = `${api}/pulls/${number}`;
  const html_url = urls.page(`/${repository.fullName}/pull/${number}`);
  const issue_url = `${api}/issues/${number}`;
  const links = {
    issue: issue_url,
    commits: `${url}/commits`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    comments: `${issue_url}/comments`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  const hrefs = Object.entries({ self: url, html: html_url, ...links }).map(([name, href]) => [
    name,
    { href },
  ]);
  return {
    ...{ url, html_url, issue_url, diff_url: `${html_url}.diff`, patch_url: `${html_url}.patch` },
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: Object.fromEntries(hrefs),
  };
}
