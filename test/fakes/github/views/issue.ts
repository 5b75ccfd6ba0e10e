import { formatTime } from "../state/clock.ts";
import { authorAssociation } from "../state/collaborators.ts";
import { nodeId } from "../state/ids.ts";
import type { Issue } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { reactionCounts } from "./comment.ts";
import { userView } from "./user.ts";

/** An issue, or the issue side of a pull request. */
export function issueView(issue: Issue, world: World) {
  const { fullName } = issue.repository;
  const repository = world.urls.api(`/repos/${fullName}`);
  const url = `${repository}/issues/${issue.number}`;
  const pull = world.urls.page(`/${fullName}/pull/${issue.number}`);
  const pull_request = {
    url: `${repository}/pulls/${issue.number}`,
    html_url: pull,
    diff_url: `${pull}.diff`,
    patch_url: `${pull}.patch`,
    merged_at: null,
  };
  return {
    url,
    repository_url: repository,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issue.pull ? pull : world.urls.page(`/${fullName}/issues/${issue.number}`),
    id: issue.id,
    node_id: nodeId("Issue", issue.id),
    number: issue.number,
    title: issue.title,
    user: userView(issue.author, world),
    labels: [],
    state: issue.state,
    locked: false,
    assignee: null,
    assignees: [],
    milestone: null,
    comments: world.issues.comments().filter((comment) => comment.issue === issue).length,
    created_at: formatTime(issue.createdAt),
    updated_at: formatTime(issue.createdAt),
    closed_at: issue.closedAt && formatTime(issue.closedAt),
    author_association: authorAssociation(issue.repository, issue.author.login),
    active_lock_reason: null,
    ...(issue.pull && { draft: issue.pull.isDraft, pull_request }),
    body: issue.body,
    reactions: reactionCounts([], url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
    state_reason: null,
  };
}
