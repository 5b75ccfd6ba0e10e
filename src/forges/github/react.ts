import type { Repository } from "../../core/repository.ts";
import { formatThread } from "../common/place.ts";
import type { CommentPlace, Reaction } from "../forge.ts";
import type { GitHubClient } from "./client.ts";
import { placeOf } from "./place.ts";
import { TOKEN_PERMISSIONS } from "./token-permissions.ts";

const CONTENTS = { seen: "eyes", done: "rocket", refused: "confused" } as const satisfies Record<
  Reaction,
  string
>;

/** https://docs.github.com/en/rest/reactions/reactions: the same reaction of the same account is there once. */
export async function reactOnGitHub(
  client: GitHubClient,
  repository: Repository,
  { thread, commentId }: CommentPlace,
  reaction: Reaction,
): Promise<void> {
  const isOnCommit = thread.kind === "commit";
  const permissions = isOnCommit ? TOKEN_PERMISSIONS.commitComments : TOKEN_PERMISSIONS.pullRequestComments;
  const doing = `reacting to comment ${commentId} on ${formatThread(repository, thread)}`;
  const content = CONTENTS[reaction];
  const where = { ...placeOf(repository), comment_id: Number(commentId), content };
  await client.ask({ repository, permissions, doing }, ({ rest: { reactions } }) =>
    isOnCommit ? reactions.createForCommitComment(where) : reactions.createForIssueComment(where),
  );
}
