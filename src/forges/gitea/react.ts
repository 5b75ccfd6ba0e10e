import { z } from "zod";
import type { Repository } from "../../core/repository.ts";
import { formatThread } from "../common/place.ts";
import type { CommentPlace, Reaction } from "../forge.ts";
import type { GiteaClient } from "./client.ts";
import { refuseCommitThread } from "./no-commit-comments.ts";
import { placeOf } from "./place.ts";

/** Of those that a Gitea has unless its `[ui] REACTIONS` says otherwise. */
const CONTENTS = { seen: "eyes", done: "rocket", refused: "confused" } as const satisfies Record<
  Reaction,
  string
>;

/** https://docs.gitea.com/api/1.24/#tag/issue/operation/issuePostCommentReaction: the same one of the same account is there once. */
export async function reactOnGitea(
  client: GiteaClient,
  repository: Repository,
  { thread, commentId }: CommentPlace,
  reaction: Reaction,
): Promise<void> {
  const doing = `reacting to comment ${commentId} on ${formatThread(repository, thread)}`;
  refuseCommitThread(doing, thread);
  const path = [...placeOf(repository), "issues", "comments", commentId, "reactions"];
  const body = { content: CONTENTS[reaction] };
  await client.ask(doing, (api) => api.fetchJson({ method: "POST", path, body }, z.unknown()));
}
