import { formatTime } from "../state/clock.ts";
import { authorAssociation } from "../state/collaborators.ts";
import { nodeId } from "../state/ids.ts";
import type { Comment, Reaction, ReactionContent } from "../state/issues.ts";
import type { World } from "../state/world.ts";
import { appView } from "./app.ts";
import { userView } from "./user.ts";

const CONTENTS: ReactionContent[] = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

/** A comment on an issue or pull request. */
export function commentView(comment: Comment, world: World) {
  const { issue, author } = comment;
  const repository = world.urls.api(`/repos/${issue.repository.fullName}`);
  const url = `${repository}/issues/comments/${comment.id}`;
  const page = issue.pull ? "pull" : "issues";
  return {
    url,
    html_url: world.urls.page(
      `/${issue.repository.fullName}/${page}/${issue.number}#issuecomment-${comment.id}`,
    ),
    issue_url: `${repository}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId("IssueComment", comment.id),
    user: userView(author, world),
    created_at: formatTime(comment.createdAt),
    updated_at: formatTime(comment.updatedAt),
    author_association: authorAssociation(issue.repository, author.login),
    body: comment.body,
    reactions: reactionCounts(comment.reactions, url),
    performed_via_github_app: author.type === "Bot" ? appView(world) : null,
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
