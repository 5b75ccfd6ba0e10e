import { botAccount } from "../state/app.ts";
import { formatTime } from "../state/clock.ts";
import { authorAssociation } from "../state/collaborators.ts";
import type { CommentBase, Reaction, ReactionContent } from "../state/comments.ts";
import type { CommitComment } from "../state/commit-comments.ts";
import { nodeId } from "../state/ids.ts";
import type { Comment } from "../state/issues.ts";
import type { Repository } from "../state/repositories.ts";
import type { World } from "../state/world.ts";
import { appView } from "./app.ts";
import { userView } from "./user.ts";

const CONTENTS: ReactionContent[] = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

/** A comment on an issue or pull request. */
export function commentView(comment: Comment, world: World) {
  const { issue } = comment;
  const repository = world.urls.api(`/repos/${issue.repository.fullName}`);
  const url = `${repository}/issues/comments/${comment.id}`;
  const page = issue.pull ? "pull" : "issues";
  return {
    url,
    html_url: world.urls.page(
      `/${issue.repository.fullName}/${page}/${issue.number}#issuecomment-${comment.id}`,
    ),
    issue_url: `${repository}/issues/${issue.number}`,
    node_id: nodeId("IssueComment", comment.id),
    ...writtenView(comment, issue.repository, url, world),
    performed_via_github_app: comment.author.id === botAccount(world.app).id ? appView(world) : null,
  };
}

/** A comment on a commit, as a whole; GitHub does not tell of it which app wrote it. */
export function commitCommentView(comment: CommitComment, world: World) {
  const { repository, sha, id } = comment;
  const url = world.urls.api(`/repos/${repository.fullName}/comments/${id}`);
  return {
    url,
    html_url: world.urls.page(`/${repository.fullName}/commit/${sha}#commitcomment-${id}`),
    node_id: nodeId("CommitComment", id),
    commit_id: sha,
    ...{ path: null, position: null, line: null },
    ...writtenView(comment, repository, url, world),
  };
}

function writtenView(comment: CommentBase, repository: Repository, url: string, world: World) {
  const { id, author, body, createdAt, updatedAt, reactions } = comment;
  return {
    id,
    user: userView(author, world),
    created_at: formatTime(createdAt),
    updated_at: formatTime(updatedAt),
    author_association: authorAssociation(repository, author.login),
    body,
    reactions: reactionCounts(reactions, url),
  };
}

/** How often each reaction was given. */
export function reactionCounts(reactions: Reaction[], url: string) {
  const counts = CONTENTS.map((content) => [
    content,
    reactions.filter((one) => one.content === content).length,
  ]);
  return {
    url: `${url}/reactions`,
    total_count: reactions.length,
    ...(Object.fromEntries(counts) as Record<ReactionContent, number>),
  };
}

export function reactionView(reaction: Reaction, world: World) {
  return {
    id: reaction.id,
    node_id: nodeId("Reaction", reaction.id),
    user: userView(reaction.author, world),
    content: reaction.content,
    created_at: formatTime(reaction.createdAt),
  };
}
