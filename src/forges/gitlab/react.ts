import { z } from "zod";
import type { Repository } from "../../core/repository.ts";
import { formatThread } from "../common/place.ts";
import type { CommentPlace, Reaction } from "../forge.ts";
import type { GitLabApi } from "./api.ts";
import type { GitLabClient } from "./client.ts";
import { isAnswer } from "./fault.ts";

const EMOJIS = { seen: "eyes", done: "rocket", refused: "confused" } as const satisfies Record<
  Reaction,
  string
>;

/** The same emoji of the same account is there once. */
export async function reactOnGitLab(
  client: GitLabClient,
  repository: Repository,
  { thread, commentId }: CommentPlace,
  reaction: Reaction,
): Promise<void> {
  const doing = `reacting to comment ${commentId} on ${formatThread(repository, thread)}`;
  const emoji = EMOJIS[reaction];
  await client.ask(doing, (api) =>
    thread.kind === "commit"
      ? awardOnCommit(api, commentId, emoji)
      : awardOnMergeRequest(api, repository, thread.number, commentId, emoji),
  );
}

const IS_THERE = /already been taken/i;

/** https://docs.gitlab.com/api/emoji_reactions/#add-a-new-emoji-reaction-to-a-comment */
async function awardOnMergeRequest(
  { noteEmojis }: GitLabApi,
  { access }: Repository,
  number: number,
  commentId: string,
  emoji: string,
): Promise<void> {
  try {
    await noteEmojis.award(access, number, Number(commentId), emoji);
  } catch (error) {
    // GitLab says "404 Award Emoji Name has already been taken Not Found".
    if (isAnswer(error, 400, 404, 409) && IS_THERE.test(error.message)) return;
    throw error;
  }
}

const Awarded = z.object({ awardEmojiAdd: z.object({ errors: z.array(z.string()) }) });

const AWARD = `mutation ($id: AwardableID!, $name: String!) {
  awardEmojiAdd(input: { awardableId: $id, name: $name }) { errors }
}`;

/** The REST API has no reactions to comments on commits: https://docs.gitlab.com/api/graphql/reference/#mutationawardemojiadd */
async function awardOnCommit({ graphql }: GitLabApi, commentId: string, name: string): Promise<void> {
  const data = await graphql(AWARD, { id: `gid://gitlab/Note/${Number(commentId)}`, name });
  const refused = Awarded.parse(data).awardEmojiAdd.errors.filter((error) => !IS_THERE.test(error));
  if (refused.length > 0) throw new Error(refused.join("; "));
}
